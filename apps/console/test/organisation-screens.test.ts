import { firstIdAt } from '@posthorn/runtime'
import { startInbox } from '@posthorn/test-kit'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Console, isWithoutBrowser, PASSWORD, startConsole } from './console-setup.ts'
import { inspect } from './inspect.ts'

const HOSTILE = '<img src=x onerror=alert(1)>\u202e'
const TOKEN = 'what-the-api-shows-the-inbox'
const DAY_MS = 86_400_000

// Each goes on where the one before left.
describe.skipIf(isWithoutBrowser())('what an owner sets up', () => {
  const stack = new AsyncDisposableStack()
  let staff: Console
  let page: Page
  let appId = ''

  beforeAll(async () => {
    const inbox = stack.use(await startInbox({ port: 0, token: TOKEN, verify: () => false }))
    const settings = { POSTHORN_INBOX_URL: inbox.url, POSTHORN_INBOX_TOKEN: TOKEN }
    staff = stack.use(await startConsole(settings))
    page = await staff.newPage()
    const fields = { 'E-mail address': 'olive@example.com', Name: 'Olive' }
    await page.goto(staff.firstOwnerUrl)
    await fillIn({ ...fields, 'New password': PASSWORD })
    await page.getByRole('button', { name: 'Continue' }).click()
    await page.getByRole('button', { name: 'Sign out' }).waitFor()
    appId = String((await staff.call('POST', '/app', { name: `Acme ${HOSTILE}` }))['id'])
  })
  afterAll(() => stack.disposeAsync())

  const fillIn = async (fields: Readonly<Record<string, string>>) => {
    for (const [label, text] of Object.entries(fields))
      await page.getByLabel(label, { exact: true }).fill(text)
  }
  const open = (name: string) => page.getByRole('link', { name, exact: true }).first().click()
  const press = (name: string) => page.getByRole('button', { name, exact: true }).click()
  const heading = (name: string) => page.getByRole('heading', { name, exact: true }).waitFor()
  const describeType = (description: string) =>
    staff.call('PUT', '/event-type/invoice.paid', {
      description,
      schemas: { '1': { type: 'object', description: 'x'.repeat(200), examples: [{}] } },
    })

  it('names an organisation, and makes another one', async () => {
    staff.expectProblem(/status of 409.*staff\/organisation/)
    await open('Organisations')
    await page.getByText('No name').waitFor()
    await open('Copy from another')
    await page.getByText('There is no other organisation to copy from').waitFor()
    await inspect(page, 'copy-nowhere')
    await open('Organisations')
    await press('Rename')
    await fillIn({ Name: 'Production' })
    await press('Save')
    await page.locator('.console-organisation', { hasText: 'Production' }).waitFor()
    await press('Create organisation')
    await inspect(page, 'organisation-create')
    await fillIn({ Name: 'production' })
    await press('Save')
    await page.getByText('You have an organisation of that name.').waitFor()
    await fillIn({ Name: 'Staging' })
    await page.keyboard.press('Enter')
    await page.getByRole('row', { name: /Staging Open now/ }).waitFor()
    expect(page.url()).not.toContain(staff.orgId)
    await inspect(page, 'organisations')
  })

  it('copies event types into it, exactly what was shown, by the keyboard alone', async () => {
    staff.expectProblem(/status of 409.*organisation\/copy/)
    await describeType('Paid in full')
    await page.getByRole('link', { name: 'Copy from another' }).focus()
    await page.keyboard.press('Enter')
    await heading('Copy into Staging')
    await page.getByLabel('From').focus()
    await page.keyboard.press('ArrowDown')
    await page.getByText('Differences: 1 (1 to add, 0 to change)').waitFor()
    await page.getByText('Paid in full').waitFor()
    await inspect(page, 'copy')
    await describeType('Paid, in full')
    await page.getByRole('button', { name: 'Copy what is shown (1)' }).focus()
    await page.keyboard.press('Enter')
    await page.getByText('Something changed since this was shown').waitFor()
    await inspect(page, 'copy-outdated')
    await press('Look at what differs once more')
    await page.getByText('Paid, in full').waitFor()
    await press('Copy what is shown (1)')
    await page.getByText('Nothing differs').waitFor()
    await describeType(HOSTILE)
    await page.reload()
    await page.getByText('0 to add, 1 to change').waitFor()
    await page.getByText('U+202E').waitFor()
    await inspect(page, 'copy-changed')
    await open('Event types')
    await page.getByRole('link', { name: 'invoice.paid' }).waitFor()
    await open('Audit log')
    await page.getByText('organisation.copy_from').waitFor()
  })

  it('imports event types from an OpenAPI document after seeing what changes', async () => {
    staff.expectProblem(/status of (409|422).*import\/openapi/)
    await open('Event types')
    await open('Import OpenAPI')
    await fillIn({ 'OpenAPI document': 'webhooks:\n  order: sent: {}' })
    await press('Show what changes')
    await page.getByText("The document can't be imported").waitFor()
    await page.getByText('Line 2, column 10').waitFor()
    await inspect(page, 'import-faults')
    await fillIn({ 'OpenAPI document': JSON.stringify(openApi(['order.shipped', 'order.sent'])) })
    await page.getByLabel('Archive event types').check()
    await press('Show what changes')
    await page.getByText('2 new, 0 changed, 1 archived').waitFor()
    await inspect(page, 'import')
    await importElsewhere(page, openApi(['order.sent']))
    await press('Import what is shown (3)')
    await page.getByText('Something changed since this was shown').waitFor()
    await inspect(page, 'import-outdated')
    await press('Look at what differs once more')
    await page.getByText('1 new, 0 changed, 1 archived').waitFor()
    await press('Import what is shown (2)')
    await page.getByRole('link', { name: 'order.shipped' }).waitFor()
    await page.locator('tr', { hasText: 'invoice.paid' }).getByText('Archived').waitFor()
    await open('Import OpenAPI')
    const yaml = 'webhooks:\n  order.shipped: { post: { description: About order.shipped } }'
    await fillIn({ 'OpenAPI document': yaml })
    await press('Show what changes')
    await page.getByText('Nothing changes').waitFor()
  })

  it('shows what arrives at the test receiver, and lets support break it', async () => {
    await page.goto(`${staff.url}/console/${staff.orgId}/test-receiver`)
    await page.getByRole('link', { name: /Acme/ }).waitFor()
    await inspect(page, 'test-receiver-choice')
    await page.getByRole('link', { name: /Acme/ }).click()
    await page.getByText('Nothing arrived yet').waitFor()
    await inspect(page, 'test-receiver-empty')
    await press('Create an endpoint here')
    await page.getByText('Endpoint that leads here').waitFor()
    const publish = () =>
      staff.call('POST', `/app/${appId}/msg`, { eventType: 'a.b', payload: { text: HOSTILE } })
    await publish()
    await page.getByText('answered 200').click()
    await page.getByText('Signed with the current secret').waitFor()
    await page.getByText('onerror=alert(1)').last().waitFor()
    expect(await page.locator('main img').count()).toBe(0)
    await inspect(page, 'test-receiver')
    await fillIn({ 'Status code': '503' })
    await press('Answer so')
    await page.getByText('Answers 503 after 0 s').waitFor()
    await publish()
    await page.getByText('answered 503').first().waitFor()
    // What was opened stays open while others come.
    expect(await page.locator('details[open]').count()).toBe(1)
    await press('Forget all')
    await page.getByText('Nothing arrived yet').waitFor()
  })

  it('says how to have a test receiver where there is none', async () => {
    await using other = await staff.startAnotherApi({ POSTHORN_INBOX_URL: '' })
    const elsewhere = await staff.newPage()
    await elsewhere.context().addCookies(await page.context().cookies())
    await elsewhere.goto(`${other.url}/console/${staff.orgId}/test-receiver/${appId}`)
    await elsewhere.getByText('This installation has no test receiver').waitFor()
    await inspect(elsewhere, 'test-receiver-off')
    await elsewhere.close()
  })

  it('lowers the retention only after the day is typed that everything before goes', async () => {
    const name = await addOldWeek(staff)
    await open('Retention')
    await page.getByRole('heading', { name: '90 days' }).waitFor()
    await inspect(page, 'retention')
    await press('Change retention')
    await page.getByLabel('As the environment says').uncheck()
    await fillIn({ Days: '120' })
    await page.getByText('Nothing is dropped by this').waitFor()
    await fillIn({ Days: '30' })
    const confirm = page.getByLabel(/^To confirm, type/)
    await confirm.waitFor()
    expect(await page.getByRole('button', { name: 'Save' }).isDisabled()).toBe(true)
    await inspect(page, 'retention-lower')
    const [, day = ''] = /type (\S+)/.exec(await page.getByText('To confirm').innerText()) ?? []
    await confirm.fill(day)
    await press('Save')
    await page.getByRole('heading', { name: '30 days' }).waitFor()
    await page.getByText('Chosen here').first().waitFor()
    await staff.core.db.hot.query(`DROP TABLE IF EXISTS ${name}`)
  })

  it('shows what the installation is set to, and no secret', async () => {
    await open('Settings')
    await page.getByText('POSTHORN_RETRY_SCHEDULE').waitFor()
    const text = await page.locator('main').innerText()
    for (const secret of [TOKEN, 'a-signing-secret', 'postgres']) expect(text).not.toContain(secret)
    await inspect(page, 'settings')
  })

  it('fails in words, and goes on', async () => {
    staff.expectProblem(/status of 500/)
    await page.route('**/api/v1/installation/**', (route) =>
      route.fulfill({ status: 500, body: '{}', headers: { 'x-request-id': 'req_test' } }),
    )
    for (const name of ['Retention', 'Settings']) {
      await open(name)
      await page.reload()
      await page.getByText('This could not be loaded').waitFor()
    }
    await inspect(page, 'settings-error')
    await page.unroute('**/api/v1/installation/**')
    await press('Try again')
    await page.getByText('POSTHORN_RETRY_SCHEDULE').waitFor()
  })

  it('offers none of it to those who may not', async () => {
    const { staffMember } = staff.core.db.prisma
    await staffMember.updateMany({ data: { role: 'viewer' } })
    for (const path of ['organisations', 'retention', 'installation', 'test-receiver', 'theme']) {
      await page.goto(`${staff.url}/console/${staff.orgId}/${path}`)
      await page.getByText(/This needs the role/).waitFor()
    }
    await inspect(page, 'retention-forbidden')
    await staffMember.updateMany({ data: { role: 'admin' } })
    await page.goto(`${staff.url}/console/${staff.orgId}/retention`)
    await page.getByText(/Only who owns all organisations/).waitFor()
    expect(await page.getByRole('button', { name: 'Change retention' }).count()).toBe(0)
  })

  it('speaks German too', async () => {
    const german = await staff.newPage({ locale: 'de-DE' })
    await german.context().addCookies(await page.context().cookies())
    await german.goto(`${staff.url}/console/${staff.orgId}/retention`)
    await german.getByRole('heading', { name: 'Aufbewahrung' }).waitFor()
    await german.getByText('Audit-Log').first().waitFor()
    await german.close()
  })
})

/** By the same person in another window. */
async function importElsewhere(page: Page, document: object): Promise<void> {
  const storageState = await page.context().storageState()
  const other = await page.context().browser()?.newPage({ storageState })
  if (other === undefined) throw new Error('The browser is gone.')
  await other.goto(page.url())
  await other.getByLabel('OpenAPI document').fill(JSON.stringify(document))
  await other.getByRole('button', { name: 'Show what changes' }).click()
  await other.getByRole('button', { name: 'Import what is shown (1)' }).click()
  await other.getByRole('link', { name: 'order.sent' }).waitFor()
  await other.close()
}

function openApi(names: readonly string[]) {
  const webhook = (name: string) => ({
    post: {
      description: `About ${name}`,
      requestBody: { content: { 'application/json': { schema: { type: 'object' } } } },
    },
  })
  return {
    openapi: '3.1.0',
    info: { title: 'Webhooks', version: '1' },
    webhooks: Object.fromEntries(names.map((name) => [name, webhook(name)])),
  }
}

/** A week that ended about 60 days ago. */
async function addOldWeek({ core }: Console): Promise<string> {
  const endsAtMs = Date.now() - 60 * DAY_MS
  const bounds = [endsAtMs - 7 * DAY_MS, endsAtMs].map((at) => firstIdAt('msg_', at))
  await core.db.hot.query(
    `CREATE TABLE message_w_old PARTITION OF message FOR VALUES FROM ('${bounds[0]}') TO ('${bounds[1]}')`,
  )
  return 'message_w_old'
}
