import { waitFor } from '@posthorn/test-kit'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Console, isWithoutBrowser, PASSWORD, startConsole } from './console-setup.ts'
import { inspect } from './inspect.ts'

const HOSTILE = '<img src=x onerror=alert(1)>\u202e'

// Each goes on where the one before left.
describe.skipIf(isWithoutBrowser())('alerts and operational webhooks', () => {
  let staff: Console
  let page: Page

  beforeAll(async () => {
    staff = await startConsole()
    page = await staff.newPage()
    await page.goto(staff.firstOwnerUrl)
    const fields = { 'E-mail address': 'olive@example.com', Name: 'Olive' }
    await fillIn({ ...fields, 'New password': PASSWORD })
    await press('Continue')
    await heading('Overview')
  })
  afterAll(() => staff?.[Symbol.asyncDispose]())

  const fillIn = async (fields: Readonly<Record<string, string>>) => {
    for (const [label, text] of Object.entries(fields))
      await page.getByLabel(label, { exact: true }).fill(text)
  }
  const open = (name: string) => page.getByRole('link', { name, exact: true }).first().click()
  const press = (name: string) => page.getByRole('button', { name, exact: true }).click()
  const heading = (name: string) => page.getByRole('heading', { name, exact: true }).waitFor()
  const says = (text: string) => page.getByText(text).first().waitFor()
  const choose = (name: string) => page.getByRole('radio', { name, exact: true }).check()
  const confirm = (name: string) =>
    page.getByRole('dialog').getByRole('button', { name, exact: true }).click()

  it('adds an alert by a form that adapts to what it looks at and whom it tells', async () => {
    staff.expectProblem(/status of 422/)
    await open('Alerts')
    await says('No alerts yet')
    await inspect(page, 'alerts-empty')
    await press('Add alert')
    await fillIn({ Name: `Success ${HOSTILE}` })
    await page.getByLabel('Look at').selectOption('success_rate')
    await fillIn({ 'Less than so many percent': '99.5' })
    await inspect(page, 'alert-add')
    await fillIn({ 'E-mail addresses': 'ops@example.com' })
    await press('Save')
    await says('E-mail is not set up here')
    await inspect(page, 'alert-refused')
    await choose('Signed webhook')
    await fillIn({ 'Webhook URL': 'http://10.0.0.1/alerts' })
    await press('Save')
    await says('is not public')
    await fillIn({ 'Webhook URL': staff.receiver.url })
    await press('Save')
    await says('Less than 99.5 % of the attempts of the last 1 hour succeed')
    expect(page.url()).toMatch(/\/alerts\/alert_/)
  })

  it('sends a test and shows its outcome, of the target that takes it and of the one that does not', async () => {
    await press('Send a test')
    await says('The target took the test')
    const [request] = staff.receiver.requests
    staff.receiver.replies({ status: 500, body: HOSTILE })
    await press('Send a test')
    await says('The test failed')
    await page.getByText('It answered 500: <img').first().waitFor()
    await inspect(page, 'alert')
    await press('Reveal')
    const secret = page.locator('.secret', { hasText: /^whsec_[^•]+$/ })
    await secret.waitFor()
    const id = page.url().split('/').at(-1) ?? ''
    const { key } = await staff.call('GET', `/alert/${id}/secret`)
    expect(await secret.innerText()).toBe(key)
    expect(request?.headers['webhook-signature']).toMatch(/^v1,/)
    await press('Hide')
  })

  it('mutes an alert until a moment, and lets it be heard again', async () => {
    await press('Mute')
    await page.getByLabel('For', { exact: true }).selectOption({ label: 'Until a moment …' })
    await fillIn({ Until: '2140-01-01T12:00' })
    await inspect(page, 'alert-mute')
    await confirm('Mute')
    await says('Muted until')
    await page.getByText('2140').first().waitFor()
    await press('Unmute')
    await page.getByRole('button', { name: 'Mute', exact: true }).waitFor()
  })

  it('adds one by the keyboard alone, and gives the focus back', async () => {
    await open('Alerts')
    await page.getByRole('button', { name: 'Add alert' }).focus()
    await page.keyboard.press('Enter')
    await page.getByRole('dialog').waitFor()
    await page.keyboard.press('Escape')
    await page.getByRole('dialog').waitFor({ state: 'detached' })
    const focused = page.locator(':focus')
    expect(await focused.innerText()).toBe('Add alert')
    await page.keyboard.press('Enter')
    await page.keyboard.type('Disabled endpoints')
    for (let field = 0; field < 5; field++) await page.keyboard.press('Tab')
    await page.keyboard.press('ArrowDown')
    await page.getByLabel('Slack webhook URL').waitFor()
    await page.keyboard.press('Tab')
    await page.keyboard.type(`${staff.receiver.url}?token=a-secret-of-slack`)
    await page.keyboard.press('Enter')
    await heading('Disabled endpoints')
    expect(await page.locator('main').innerText()).not.toContain('a-secret')
  })

  it('shows that it fires since, and what it told', async () => {
    staff.receiver.replies(200)
    const app = await staff.call('POST', '/app', { name: 'Acme' })
    const url = 'http://127.0.0.1:9/hook'
    const endpoint = await staff.call('POST', `/app/${String(app['id'])}/endpoint`, { url })
    await staff.core.db.prisma.endpoint.update({
      where: { id: String(endpoint['id']) },
      data: { disabled: true, disabledAt: new Date(), disabledBy: 'automatic' },
    })
    await says('Firing since')
    await page.getByRole('row', { name: /Alert Sent 1 disabled/ }).waitFor()
    expect(staff.receiver.requests.at(-1)?.body.toString()).toContain('127.0.0.1 of Acme')
    await inspect(page, 'alert-firing')
    await open('Alerts')
    await says('Firing since')
    await says('1 disabled')
    await inspect(page, 'alerts')
  })

  it('edits one without its Slack URL at hand, and deletes it', async () => {
    await open('Disabled endpoints')
    await press('Edit')
    await says('Leave it empty to keep it')
    await fillIn({ Name: 'Endpoints', 'Endpoints, or more': '5' })
    await press('Save')
    await heading('Endpoints')
    await says('5 or more endpoints were disabled by failure within 1 day')
    await says('All is well')
    await press('Send a test')
    await says('The target took the test')
    await press('Delete')
    await confirm('Delete')
    await heading('Alerts')
    await page.getByText('Disabled by failure').waitFor({ state: 'detached' })
    expect(await page.getByRole('link', { name: 'Endpoints', exact: true }).count()).toBe(0)
  })

  it('adds an operational webhook for some events, which then tells of them', async () => {
    await open('Operational webhooks')
    await says('No operational webhooks yet')
    await inspect(page, 'operational-webhooks-empty')
    await press('Add operational webhook')
    await fillIn({ URL: staff.receiver.url, Description: `Ours ${HOSTILE}` })
    await choose('Only these')
    await page.getByRole('checkbox', { name: 'endpoint.created' }).check()
    await inspect(page, 'operational-webhook-add')
    await press('Save')
    await heading(staff.receiver.url)
    await says('No custom headers')
    await fillIn({ 'Header name': 'X-Team', 'Header value': 'platform' })
    await press('Add header')
    await says('platform')
    await fillIn({ 'Header name': 'Authorization', 'Header value': 'Bearer of-the-receiver' })
    await press('Add header')
    await says('set, not shown')
    expect(await page.locator('main').innerText()).not.toContain('of-the-receiver')
    await inspect(page, 'operational-webhook')
    const app = await staff.call('POST', '/app', { name: 'Globex' })
    await staff.call('POST', `/app/${String(app['id'])}/endpoint`, {
      url: 'http://127.0.0.1:9/hook',
    })
    const told = () =>
      staff.receiver.requests.find(({ body }) => body.toString().includes('endpoint.created'))
    await waitFor('the webhook', () => told() !== undefined)
    expect(told()?.headers).toMatchObject({
      'x-team': 'platform',
      authorization: 'Bearer of-the-receiver',
    })
    await page.getByRole('table').getByText('Delivered').first().waitFor()
    await inspect(page, 'operational-webhook-attempts')
  })

  it('rotates its secret, removes a header, edits and deletes it', async () => {
    await press('Reveal')
    const shown = page.locator('.secret', { hasText: /^whsec_[^•]+$/ })
    const before = await shown.innerText()
    await press('Rotate secret')
    await page.getByLabel('Grace period').selectOption('0')
    await says('The old secret stops at once')
    const rotate = page.getByRole('dialog').getByRole('button', { name: 'Rotate secret' })
    expect(await rotate.isDisabled()).toBe(true)
    await inspect(page, 'operational-webhook-rotate')
    await page.getByLabel('Type none to stop the old secret at once').fill('none')
    await confirm('Rotate secret')
    await says('The secret was rotated')
    await press('Reveal')
    expect(await shown.innerText()).not.toBe(before)
    await press('Remove header X-Team')
    await page.getByText('platform').waitFor({ state: 'detached' })
    await press('Edit')
    expect(await page.getByRole('checkbox', { name: 'endpoint.created' }).isChecked()).toBe(true)
    await page.getByLabel('Disabled: it is told nothing').check()
    await press('Save')
    await page.locator('.badge', { hasText: 'Disabled' }).waitFor()
    await says('set, not shown')
    await open('Operational webhooks')
    await page.locator('td .badge', { hasText: 'Disabled' }).waitFor()
    await inspect(page, 'operational-webhooks')
    await open('Audit log')
    await page
      .locator('tr', { hasText: 'endpoint.rotate_secret' })
      .getByRole('link', { name: /^ep_/ })
      .click()
    await page.waitForURL(/operational-webhooks\/ep_/)
    await page.getByRole('heading', { name: staff.receiver.url }).waitFor()
    await open('Operational webhooks')
    await open(staff.receiver.url)
    await press('Delete')
    await confirm('Delete')
    await says('No operational webhooks yet')
  })

  it('lets a viewer see alerts without changing them, and says what operational webhooks need', async () => {
    const invited = await staff.call('POST', '/staff/invitation', {
      email: 'vera@example.com',
      role: 'viewer',
    })
    const vera = await staff.newPage()
    await vera.goto(String(invited['url']))
    await vera.getByLabel('Name').fill('Vera')
    await vera.getByLabel('New password').fill(PASSWORD)
    await vera.getByRole('button', { name: 'Continue' }).click()
    await vera.getByRole('heading', { name: 'Overview' }).waitFor()
    expect(await vera.getByRole('link', { name: 'Operational webhooks' }).count()).toBe(0)
    await vera.getByRole('link', { name: 'Alerts', exact: true }).click()
    await vera.getByRole('link', { name: 'Success' }).click()
    await vera.getByRole('heading', { name: 'What it told' }).waitFor()
    for (const name of ['Edit', 'Delete', 'Mute', 'Send a test', 'Reveal'])
      expect(await vera.getByRole('button', { name, exact: true }).count(), name).toBe(0)
    await vera.goto(`${staff.url}/console/${staff.orgId}/operational-webhooks`)
    await vera.getByText('This needs the role Admin').waitFor()
    await inspect(vera, 'operational-webhooks-forbidden')
    await vera.close()
  })

  it('says that an alert is not there, and that the server failed, and goes on', async () => {
    staff.expectProblem(/status of (404|500)/)
    await page.goto(`${staff.url}/console/${staff.orgId}/alerts/alert_3MbyHXTOlnTXATNjgreU2tu5N8z`)
    await says('Not found')
    const api = /\/api\/v1\/alert\?/
    await page.route(api, (route) => route.fulfill({ status: 500, body: '{}' }))
    await open('Alerts')
    await says('This could not be loaded')
    await inspect(page, 'alerts-error')
    await page.unroute(api)
    await press('Try again')
    await page.getByRole('link', { name: 'Success' }).waitFor()
  })
})
