import { waitFor } from '@posthorn/test-kit'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Console, isWithoutBrowser, startConsole } from './console-setup.ts'
import { signInAs, signInOwner } from './console-steps.ts'
import { inspect } from './inspect.ts'

// So many failures in a row make an endpoint a failing one.
const FAILURES = 6

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
    expect(data).toMatchObject([{ actorName: 'support', appId: acme }])
  })
})
