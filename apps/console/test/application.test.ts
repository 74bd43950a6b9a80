import { ensurePartitions } from '@posthorn/db'
import { seedMessage, waitFor } from '@posthorn/test-kit'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Console, isWithoutBrowser, startConsole } from './console-setup.ts'
import { signInAs, signInOwner } from './console-steps.ts'
import { inspect } from './inspect.ts'

// So many failures in a row make an endpoint a failing one.
const FAILURES = 6
const DAY_MS = 86_400_000

describe.skipIf(isWithoutBrowser())("a customer's page", () => {
  let staff: Console
  let owner: Page
  let acme = ''
  let endpoint = ''

  beforeAll(async () => {
    staff = await startConsole({ POSTHORN_RETRY_SCHEDULE: 'none' })
    owner = await signInOwner(staff)
    await staff.call('POST', '/event-type', { name: 'invoice.paid', description: '' })
    acme = String((await staff.call('POST', '/app', { name: 'Acme', uid: 'acme' }))['id'])
    const { id } = await staff.call('POST', '/app/acme/endpoint', { url: staff.receiver.url })
    endpoint = String(id)
    staff.receiver.replies(500)
    for (let sent = 0; sent < FAILURES; sent++)
      await staff.call('POST', '/app/acme/msg', { eventType: 'invoice.paid', payload: {} })
    await waitFor('the failing endpoint', async () => {
      const { state } = await staff.call('GET', `/app/acme/endpoint/${endpoint}`)
      const { health }: { health?: unknown } = Object(state)
      return health === 'failing'
    })
  })
  afterAll(() => staff?.[Symbol.asyncDispose]())

  it('tells how its endpoints are, and leads to what one was sent and answered', async () => {
    await owner.goto(`${staff.url}/console/${staff.orgId}/applications/${acme}`)
    await owner.locator('tbody').getByText('Failing').waitFor()
    await inspect(owner, 'application-endpoints')
    await owner.getByRole('link', { name: staff.receiver.url }).click()
    await owner.waitForURL(`**/endpoints/${acme}/${endpoint}`)
    await owner.getByText('Nothing has succeeded since').waitFor()
    const rows = owner.locator('tbody tr')
    await waitFor(
      'its attempts',
      async () => (await rows.count()) === staff.receiver.requests.length,
    )
    await inspect(owner, 'endpoint')
    const recover = owner.getByRole('link', { name: 'Recover…' })
    expect(await recover.getAttribute('href')).toMatch(
      new RegExp(`/recover\\?endpoints=${endpoint}&since=`),
    )
    await rows.first().getByRole('link').click()
    await owner.getByRole('heading', { name: 'invoice.paid' }).waitFor()
    await owner.goBack()
    await owner.getByRole('link', { name: 'Its failed messages' }).click()
    await owner.waitForURL(/status=failed/)
    await owner
      .locator('tbody tr')
      .nth(staff.receiver.requests.length - 1)
      .waitFor()
  })

  it('is found in the list by what names it or by how its endpoints are, with its day in figures', async () => {
    const { name } = await staff.call('POST', '/app', {
      name: 'Globex',
      metadata: { crm: 'HubSpot 4711' },
    })
    await waitFor('its day in the rollups', async () => {
      const { data } = await staff.call('GET', '/support/application?search=acme')
      return Array.isArray(data) && data[0]?.attempts24h.failed === FAILURES
    })
    await owner.goto(`${staff.url}/console/${staff.orgId}/applications`)
    const rows = owner.locator('tbody tr')
    await rows.filter({ hasText: 'Globex' }).waitFor()
    await rows
      .filter({ hasText: 'Acme' })
      .filter({ hasText: '1 failing' })
      .filter({ hasText: '0% successful' })
      .waitFor()
    await inspect(owner, 'applications')
    const search = owner.getByLabel('Name, uid, id or metadata')
    for (const text of ['globex', 'hubspot 47']) {
      await search.fill(text)
      await search.press('Enter')
      await owner.waitForURL((url) => url.searchParams.get('search') === text)
      await rows.filter({ hasText: 'Acme' }).waitFor({ state: 'detached' })
      expect(await rows.getByRole('link').innerText()).toBe(name)
    }
    await owner.getByLabel('Endpoints').selectOption('Some fail')
    await owner.getByText('No application matches the filters').waitFor()
    await inspect(owner, 'applications-none')
    await owner.getByRole('button', { name: 'Clear filters' }).first().click()
    await owner.getByLabel('Endpoints').selectOption('None')
    await waitFor('the one without endpoints, alone', async () => {
      const names = await rows.getByRole('link').allInnerTexts()
      return names.length === 1 && names[0] === name
    })
  })

  it('tells how much it was sent in a time that the URL has, as the receiver counted it', async () => {
    const sent = staff.receiver.requests.length
    await owner.goto(`${staff.url}/console/${staff.orgId}/applications/${acme}`)
    const usage = owner.getByRole('region', { name: 'Usage' })
    const figure = (label: string) =>
      usage.locator('.figure', { has: owner.getByText(label, { exact: true }) }).locator('strong')
    const says = async (label: string, text: string) =>
      waitFor(`${label} ${text}`, async () => (await figure(label).innerText()) === text)
    await says('Messages', String(FAILURES))
    await says('Attempts', String(sent))
    await says('Given up', String(FAILURES))
    await says('Delivered', '0')
    await usage.getByRole('img', { name: `Succeeded: 0 · Failed: ${sent}` }).waitFor()
    await usage.getByLabel('Period').selectOption('Last 7 days')
    await owner.waitForURL(/\?period=7d$/)
    await owner.reload()
    await says('Attempts', String(sent))
    expect(await usage.getByLabel('Period').inputValue()).toBe('7d')
    await inspect(owner, 'application-usage')
    await figure('Given up').click()
    await owner.waitForURL(/\/messages\?app=\w+&hours=168&status=failed$/)
  })

  it('has its payloads removed, once its name is typed', async () => {
    await owner.goto(`${staff.url}/console/${staff.orgId}/applications/${acme}`)
    await owner.getByRole('button', { name: 'Remove payloads' }).click()
    const confirm = owner.getByRole('dialog').getByRole('button', { name: 'Remove payloads' })
    expect(await confirm.isDisabled()).toBe(true)
    await owner.getByLabel('Name of the application').fill('Acme')
    await inspect(owner, 'application-expunge')
    await confirm.click()
    await owner.waitForURL(/tasks\/qtask_/)
    await waitFor('every payload to go', async () => {
      const { data } = await staff.call('GET', '/app/acme/msg')
      return Array.isArray(data) && data.every(({ payload }) => payload.expired === true)
    })
  })

  it('keeps what staff write down about it', async () => {
    await owner.goto(`${staff.url}/console/${staff.orgId}/applications/${acme}`)
    await owner.getByText('No notes yet.').waitFor()
    await owner.getByRole('button', { name: 'Edit notes' }).click()
    await owner.getByRole('textbox', { name: 'Notes' }).fill('Calls back on Mondays.')
    await owner.getByRole('button', { name: 'Save' }).click()
    await owner.getByText('Last changed by Olive').waitFor()
    await owner.reload()
    await owner.getByText('Calls back on Mondays.').waitFor()
  })

  it('lists who may use its portal, and ends one session alone', async () => {
    await owner.getByText('No portal was opened within seven days').waitFor()
    for (const sessionId of ['ann', 'bob'])
      await staff.call('POST', `/auth/app-portal-access/${acme}`, { sessionId })
    await owner.reload()
    await owner.getByRole('button', { name: 'End session ann' }).click()
    const rows = owner.getByRole('table', { name: 'Portal sessions' }).locator('tbody tr')
    await rows.filter({ hasText: 'ann' }).getByText('Over').waitFor()
    await rows.filter({ hasText: 'bob' }).getByRole('button', { name: 'End session bob' }).waitFor()
    await inspect(owner, 'application-sessions')
    const { data } = await staff.call('GET', `/app/${acme}/portal-session`)
    expect(data).toMatchObject([
      { sessionId: 'bob', isOver: false },
      { sessionId: 'ann', isOver: true },
    ])
  })

  it('opens the portal read-only for support, marked as theirs and recorded with their name', async () => {
    const page = await signInAs(staff, owner, 'support')
    await page.goto(`${staff.url}/console/${staff.orgId}/applications/${acme}`)
    await page.getByRole('button', { name: 'Open portal' }).click()
    expect(await page.getByLabel('Let me change things as this customer').count()).toBe(0)
    await page.getByRole('button', { name: 'Make a link' }).click()
    const opened = page.waitForEvent('popup')
    await page.getByRole('link', { name: 'Open the portal' }).click()
    const portal = await opened
    await portal.getByText('Staff is viewing.').waitFor()
    await portal.locator('.badge', { hasText: 'Read-only' }).waitFor()
    await portal.getByRole('link', { name: staff.receiver.url }).click()
    await portal.getByText('Staff is viewing.').waitFor()
    await portal.close()
    await page.close()
    const { data } = await staff.call('GET', '/audit?action=portal_access.create')
    expect(data).toContainEqual(expect.objectContaining({ actorName: 'support', appId: acme }))
  })

  it('has an own retention of payloads, which says where it is from and asks for the day that it reaches to', async () => {
    const appId = String((await staff.call('POST', '/app', { name: 'Initech' }))['id'])
    const client = await staff.core.db.hot.connect()
    await ensurePartitions(client, Date.now() - 28 * DAY_MS)
    client.release()
    const { orgId } = staff
    await seedMessage(staff.core.db.hot, { orgId, appId }, { atMs: Date.now() - 20 * DAY_MS })
    await owner.goto(`${staff.url}/console/${orgId}/applications/${appId}`)
    const card = owner.getByRole('region', { name: 'Retention of payloads' })
    await card.getByText('90 days').waitFor()
    await card.getByText('The installation (default)').waitFor()
    await card.getByRole('button', { name: 'Change retention' }).click()
    const dialog = owner.getByRole('dialog')
    const save = dialog.getByRole('button', { name: 'Save' })
    await dialog.getByLabel('As long as the installation keeps messages: 90 days').uncheck()
    await dialog.getByLabel('Days', { exact: true }).fill('91')
    await dialog.getByText('At most 90').waitFor()
    expect(await save.isDisabled()).toBe(true)
    await inspect(owner, 'payload-retention-too-long')
    await dialog.getByLabel('Days', { exact: true }).fill('14')
    await dialog.getByText('Payloads that go at once: 1').waitFor()
    await inspect(owner, 'payload-retention')
    expect(await save.isDisabled()).toBe(true)
    const confirm = dialog.getByLabel('To confirm, type')
    const label = await dialog.getByText('To confirm, type').innerText()
    await confirm.fill(label.replace('To confirm, type ', ''))
    await save.click()
    await owner.getByText('Changed. What is older begins to go within a minute.').waitFor()
    await card.getByText('Chosen for this application').waitFor()
    await card.getByText('14 days').waitFor()
    await inspect(owner, 'application-retention')
    expect(await staff.call('GET', `/app/${appId}/retention`)).toMatchObject({
      days: 14,
      source: 'application',
      by: { kind: 'staff', name: 'Olive' },
    })
    await card.getByRole('button', { name: 'Change retention' }).click()
    await dialog.getByLabel('Days', { exact: true }).fill('30')
    await dialog.getByText('No payload goes at once').waitFor()
    await save.click()
    await owner.getByText('Changed. No payload goes at once.').waitFor()
    const admin = await signInAs(staff, owner, 'admin')
    await admin.goto(`${staff.url}/console/${orgId}/applications/${appId}`)
    const seen = admin.getByRole('region', { name: 'Retention of payloads' })
    await seen.getByText('Only owners may change it.').waitFor()
    expect(await seen.getByRole('button', { name: 'Change retention' }).count()).toBe(0)
    await inspect(admin, 'application-retention-admin')
    await admin.close()
  })
})
