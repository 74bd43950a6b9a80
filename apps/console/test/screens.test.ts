import { readFile } from 'node:fs/promises'
import { Secret, TOTP } from 'otpauth'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Console, isWithoutBrowser, PASSWORD, startConsole } from './console-setup.ts'
import { inspect } from './inspect.ts'

const HOSTILE = '<img src=x onerror=alert(1)>\u202egnp.exe'

// Each goes on where the one before left: a console from its first start on.
describe.skipIf(isWithoutBrowser())('the console', () => {
  let staff: Console
  let page: Page

  beforeAll(async () => {
    staff = await startConsole()
    page = await staff.newPage()
  })
  afterAll(() => staff?.[Symbol.asyncDispose]())

  const fillIn = async (fields: Readonly<Record<string, string>>) => {
    for (const [label, text] of Object.entries(fields))
      await page.getByLabel(label, { exact: true }).fill(text)
  }
  // The navigation comes first; a page may lead back to its list by the same words.
  const open = (name: string) => page.getByRole('link', { name, exact: true }).first().click()
  const heading = (name: string) => page.getByRole('heading', { name, exact: true }).waitFor()

  it('asks who is signed in without an error or a failed request, while nobody is', async () => {
    const failed: string[] = []
    page.on('response', (answer) => answer.status() >= 400 && failed.push(answer.url()))
    page.on('requestfailed', (request) => failed.push(request.url()))
    await page.goto(`${staff.url}/console`)
    await heading('Sign in')
    await page.waitForLoadState('networkidle')
    expect([...failed, ...staff.problems]).toEqual([])
  })

  it('sets up its first owner by a link whose token leaves the address bar', async () => {
    await page.goto(staff.firstOwnerUrl)
    await heading('Set up Posthorn')
    expect(page.url()).toBe(`${staff.url}/console/link`)
    await fillIn({ 'E-mail address': 'olive@example.com', Name: 'Olive', 'New password': 'short' })
    await page.getByRole('button', { name: 'Continue' }).click()
    await page.getByText('Must have at least 12 characters').waitFor()
    await inspect(page, 'first-owner')
    await fillIn({ 'New password': PASSWORD })
    await page.getByRole('button', { name: 'Continue' }).click()
    await heading('Overview')
    expect(page.url()).toBe(`${staff.url}/console/${staff.orgId}/overview`)
    await open('Applications')
    await page.getByText('No applications yet').waitFor()
    await inspect(page, 'applications-empty')
  })

  it('says that a link was used', async () => {
    const other = await staff.newPage()
    await other.goto(staff.firstOwnerUrl)
    await other.getByText('This link was used already, or has ended').waitFor()
    await other.close()
  })

  it('creates an application and opens its portal, which is audited and read-only', async () => {
    await page.getByRole('button', { name: 'Create application' }).click()
    await fillIn({ Name: HOSTILE, Uid: 'acme', 'Rate limit': '50' })
    await page.getByRole('button', { name: 'Save' }).click()
    await page.getByText('U+202E').first().waitFor()
    await page.getByText('No endpoints').waitFor()
    await inspect(page, 'application')
    await page.getByRole('button', { name: 'Open portal' }).click()
    await page.getByRole('button', { name: 'Make a link' }).click()
    const opened = page.waitForEvent('popup')
    await page.getByRole('link', { name: 'Open the portal' }).click()
    const portal = await opened
    await portal.locator('.badge', { hasText: 'Read-only' }).waitFor()
    await portal.close()
    await page.getByRole('button', { name: 'Close' }).click()
  })

  it('edits an event type, and saves no schema whose examples are wrong', async () => {
    await open('Event types')
    await page.getByText('No event types yet').waitFor()
    await page.getByRole('link', { name: 'Create event type' }).click()
    const schema = (example: object) =>
      JSON.stringify({ type: 'object', required: ['id'], examples: [example] })
    await fillIn({ Name: 'invoice.paid', Description: 'Paid in full', 'JSON Schema': schema({}) })
    await page.getByText('Example 1:').waitFor()
    expect(await page.getByRole('button', { name: 'Save' }).isDisabled()).toBe(true)
    await inspect(page, 'event-type-faults')
    await fillIn({ 'JSON Schema': schema({ id: 'inv_1' }) })
    await page.getByText('The schema is right').waitFor()
    await page.getByRole('button', { name: 'Save' }).click()
    await page.waitForURL(/event-types\/invoice\.paid$/)
    await page.reload()
    await page.getByRole('heading', { name: 'invoice.paid' }).waitFor()
    expect(await page.getByLabel('JSON Schema').inputValue()).toContain('inv_1')
    await open('Event types')
    await page.getByRole('link', { name: 'invoice.paid' }).waitFor()
    await page.getByText('Attempts, 24 h').waitFor()
    await page.locator('tr', { hasText: 'invoice.paid' }).getByText('0', { exact: true }).waitFor()
    await inspect(page, 'event-types')
  })

  it('creates an API key that is shown once and works, rotates it without a gap, and revokes it', async () => {
    await open('API keys')
    await page.getByText('No API keys yet').waitFor()
    await page.getByRole('button', { name: 'Create API key' }).click()
    await fillIn({ Name: 'Billing' })
    await page.getByRole('checkbox', { name: /^read/ }).check()
    await page.getByLabel('Only these applications').fill('nobody')
    await page.getByRole('button', { name: 'Create', exact: true }).click()
    await page.getByText('Names an application that is not there.').waitFor()
    await page.getByLabel('Only these applications').fill('')
    await page.getByRole('button', { name: 'Create', exact: true }).click()
    const key = await page.locator('.secret').innerText()
    const list = (headers: Record<string, string>) => fetch(`${staff.url}/api/v1/app`, { headers })
    expect((await list({ authorization: `Bearer ${key}` })).status).toBe(200)
    await inspect(page, 'api-key-once')
    await page.getByRole('button', { name: 'I have kept it' }).click()
    await page.getByText('In force').waitFor()
    await page.getByRole('button', { name: 'Rotate: Billing' }).click()
    await page.getByLabel('The present key works for another').selectOption('3600')
    await inspect(page, 'api-key-rotate')
    await page.getByRole('dialog').getByRole('button', { name: 'Rotate' }).click()
    const next = await page.locator('.secret').innerText()
    await page.getByRole('button', { name: 'I have kept it' }).click()
    await page.locator('.badge', { hasText: 'Ends' }).waitFor()
    for (const each of [key, next])
      expect((await list({ authorization: `Bearer ${each}` })).status).toBe(200)
    await inspect(page, 'api-keys')
    await page.getByRole('button', { name: 'Revoke: Billing' }).last().click()
    await page.getByRole('dialog').getByRole('button', { name: 'Revoke' }).click()
    await page.getByText('Revoked').waitFor()
    expect((await list({ authorization: `Bearer ${key}` })).status).toBe(401)
    expect((await list({ authorization: `Bearer ${next}` })).status).toBe(200)
  })

  it('invites a user, who finds only what the role allows, and shuts them out', async () => {
    await open('Users')
    await page.getByRole('button', { name: 'Invite' }).click()
    await fillIn({ 'E-mail address': 'vera@example.com' })
    await page.getByRole('combobox', { name: 'Role', exact: true }).selectOption('viewer')
    await page.getByRole('button', { name: 'Make the link' }).click()
    const link = await page.locator('.secret').innerText()
    await page.getByRole('button', { name: 'I have kept it' }).click()
    await page.getByText('Open invitations').waitFor()
    const vera = await staff.newPage()
    await vera.goto(link)
    await vera.getByLabel('Name').fill('Vera')
    await vera.getByLabel('New password').fill(PASSWORD)
    await vera.getByRole('button', { name: 'Continue' }).click()
    await vera.getByRole('heading', { name: 'Overview' }).waitFor()
    expect(await vera.getByRole('link', { name: 'Users' }).count()).toBe(0)
    expect(await vera.getByRole('button', { name: 'Create application' }).count()).toBe(0)
    await vera.goto(`${staff.url}/console/${staff.orgId}/users`)
    await vera.getByText('This needs the role Owner').waitFor()
    await inspect(vera, 'forbidden')
    await page.reload()
    await page.getByText('vera@example.com').waitFor()
    await inspect(page, 'users')
    await page.locator('summary', { hasText: 'Actions for Vera' }).click()
    await page.getByRole('button', { name: 'Shut out' }).click()
    await page.locator('.badge', { hasText: 'Shut out' }).waitFor()
    await vera.goto(`${staff.url}/console/${staff.orgId}/applications`)
    await vera.getByText('You are in no organisation').waitFor()
    await vera.close()
  })

  it('lists who changed what, by filters that live in the address', async () => {
    await open('Audit log')
    await page.getByText('staff_user.change').first().waitFor()
    await page.getByLabel('Action').fill('application')
    await page.getByLabel('Action').press('Enter')
    await page.waitForURL(/action=application/)
    await page.getByText('application.create').waitFor()
    await page.getByText('staff_user.change').waitFor({ state: 'detached' })
    await inspect(page, 'audit')
    const asked = page.waitForEvent('download')
    await page.getByRole('button', { name: 'Download as JSON lines' }).click()
    const lines = (await readFile(await (await asked).path(), 'utf8')).trimEnd().split('\n')
    expect(lines.map((line) => JSON.parse(line).action)).toEqual(['application.create'])
    await page.getByLabel('Object').fill('nothing-like-this')
    await page.getByLabel('Object').press('Enter')
    await page.getByText('Nothing matches the filters').waitFor()
    await page.getByRole('button', { name: 'Clear filters' }).click()
    await page.getByText('portal_access.create').waitFor()
  })

  it('adds a second factor, which the next sign-in asks for', async () => {
    await open('Olive')
    await page.getByRole('button', { name: 'Add a second factor' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel('Your password').fill(PASSWORD)
    await dialog.getByRole('button', { name: 'Continue' }).click()
    const secret = await dialog.locator('.secret').innerText()
    await inspect(page, 'second-factor')
    const totp = new TOTP({ secret: Secret.fromBase32(secret) })
    const code = totp.generate({ timestamp: staff.core.clock.nowMs() })
    await dialog.getByLabel('Code', { exact: true }).fill(code)
    await dialog.getByRole('button', { name: 'Confirm' }).click()
    const recoveryCode = await dialog.locator('.codes li').first().innerText()
    await dialog.getByRole('button', { name: 'I have kept it' }).click()
    await page.getByText('10 recovery codes are left.').waitFor()
    await inspect(page, 'profile')
    await page.getByRole('button', { name: 'Sign out' }).click()
    await heading('Sign in')
    await inspect(page, 'sign-in')
    await fillIn({ 'E-mail address': 'olive@example.com', Password: 'not the password' })
    await page.getByRole('button', { name: 'Sign in' }).click()
    await page.getByText('E-mail address or password is wrong.').waitFor()
    await fillIn({ Password: PASSWORD })
    await page.getByRole('button', { name: 'Sign in' }).click()
    await fillIn({ Code: recoveryCode })
    await page.getByRole('button', { name: 'Sign in' }).click()
    await heading('Overview')
  })

  it('keeps the page when its session ends, and says so', async () => {
    await open('Applications')
    await page.getByRole('button', { name: 'Create application' }).click()
    await fillIn({ Name: 'typed before the session ended' })
    await staff.core.db.prisma.staffSession.deleteMany()
    await page.getByRole('button', { name: 'Save' }).click()
    await page.getByText('Your session has ended.').waitFor()
    expect(await page.getByRole('dialog').getByLabel('Name').inputValue()).toBe(
      'typed before the session ended',
    )
    // What a refused request leaves on the browser's own console is the browser's.
    const isRefusal = (line: string) => /status of (400|401|403|404|422)/.test(line)
    expect(staff.problems.filter((line) => !isRefusal(line))).toEqual([])
  })

  it('loads, fails and goes on in words', async () => {
    const other = await staff.newPage({ locale: 'de-DE' })
    await other.route('**/api/v1/staff/session', (route) =>
      route.fulfill({ status: 500, body: '{}', headers: { 'x-request-id': 'req_test' } }),
    )
    await other.goto(`${staff.url}/console`)
    await other.getByText('Das konnte nicht geladen werden').waitFor()
    await other.getByText('req_test').waitFor()
    await inspect(other, 'error')
    await other.unroute('**/api/v1/staff/session')
    await other.getByRole('button', { name: 'Erneut versuchen' }).click()
    await other.getByRole('heading', { name: 'Anmelden' }).waitFor()
    await other.close()
  })
})
