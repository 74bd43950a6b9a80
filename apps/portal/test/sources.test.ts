import { waitFor } from '@posthorn/test-kit'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { sendAsGitHub, sendSigned } from './github-sender.ts'
import { inspect, inspectBriefly } from './inspect.ts'
import { tabAndEnter, tabTo } from './keyboard-steps.ts'
import { isWithoutBrowser, type Portal, startPortal } from './portal-setup.ts'
import { openSourceTab } from './source-tab.ts'

const GRANTED = { capabilities: ['ViewBase', 'ViewSources', 'ManageSources'] }
const SCRIPT = `<script>globalThis.hit=1</script><img src=x onerror="globalThis.hit=1">`
const TURNED = `${SCRIPT}\u202egnp.exe`

// Each goes on where the one before left: a source from its set-up on.
describe.skipIf(isWithoutBrowser())('sources in the portal', () => {
  let portal: Portal
  let page: Page
  let url: string
  let secret: string

  beforeAll(async () => {
    portal = await startPortal({ POSTHORN_RETRY_SCHEDULE: 'none' })
    await portal.call('POST', '/app/acme/endpoint', { url: portal.receiver.url })
    page = await portal.newPage()
  })
  afterAll(() => portal?.[Symbol.asyncDispose]())

  const tab = (name: string) => openSourceTab(page, name)
  const receivedOf = (key: string) =>
    portal.receiver.requests.filter(({ body }) => body.includes(`"${key}"`))

  it('are offered only where the token grants them', async () => {
    portal.expectProblem(/status of 403/)
    const plain = await portal.newPage()
    await plain.goto(await portal.link())
    await plain.getByRole('link', { name: 'Activity', exact: true }).waitFor()
    expect(await plain.getByRole('link', { name: 'Sources', exact: true }).count()).toBe(0)
    await plain.goto(`${portal.url}/portal/sources`)
    await plain
      .getByText('403')
      .or(plain.getByRole('heading', { level: 2 }))
      .first()
      .waitFor()
    expect(await plain.getByRole('link', { name: 'Add source' }).count()).toBe(0)
    await inspect(plain, 'sources-forbidden')
    await plain.close()
  })

  it('are added by following the set-up of a provider that is found by its name', async () => {
    await page.goto(await portal.link(GRANTED))
    await page.getByRole('link', { name: 'Sources', exact: true }).click()
    await page.getByRole('heading', { name: 'No sources yet' }).waitFor()
    await inspect(page, 'sources-empty')
    await page.getByRole('link', { name: 'Add source' }).first().click()
    await page.getByRole('link', { name: 'Stripe' }).waitFor()
    await inspect(page, 'sources-pick')
    await page.getByLabel('Search providers').fill('nobody-of-that-name')
    await page.getByText('No such provider').waitFor()
    await page.getByLabel('Search providers').fill('github')
    await page.getByRole('link', { name: 'GitHub' }).click()
    await page.getByText('your repository or organisation → Settings → Webhooks').waitFor()
    secret = await page.getByRole('textbox', { name: 'Webhook secret' }).inputValue()
    expect(secret).toMatch(/^[0-9a-f]{64}$/)
    await page.getByLabel('Name', { exact: true }).fill(TURNED)
    await inspect(page, 'sources-add')
    await page.getByRole('button', { name: 'Create source' }).click()
    await page.getByText('Waiting for the first request…').waitFor()
    const shown = page.locator('.set-up-steps code').first()
    url = String(await shown.textContent())
    expect(url).toContain('/in/')
    await page.locator('.set-up-steps').getByText(secret).waitFor()
    await inspect(page, 'sources-set-up')
  })

  it('tell of the first request by themselves, and of all that it set off', async () => {
    expect((await sendAsGitHub(url, secret, { first: 1 })).status).toBe(200)
    await page.getByText('It works: a request was received').waitFor()
    await page.getByRole('link', { name: 'See the request' }).click()
    await page.getByRole('heading', { name: 'What it triggered' }).waitFor()
    await page.getByText('Delivered').waitFor()
    await page.getByRole('link', { name: /^msg_/ }).waitFor()
    await page.getByRole('region', { name: 'Body' }).getByText('{"first":1}').waitFor()
    expect(receivedOf('first')).toHaveLength(1)
    await inspect(page, 'sources-request')
  })

  it('keep what is signed wrongly, and release it once the secret is mended', async () => {
    portal.expectProblem(/status of 400.*release/)
    await page.getByRole('link', { name: 'Sources', exact: true }).first().click()
    await page.getByRole('link', { name: 'U+202E' }).click()
    const other = 'b'.repeat(64)
    for (const key of ['held', 'kept', 'stays'])
      expect((await sendAsGitHub(url, other, { [key]: 1 })).status).toBe(401)
    await tab('Quarantine')
    await page.getByText('Wrong signature').first().waitFor()
    await inspect(page, 'sources-quarantine')
    await page.getByRole('link', { name: 'POST' }).last().click()
    await page.getByRole('button', { name: 'Release' }).click()
    await page.getByText('The request is still refused').waitFor()
    await page.getByRole('link', { name: 'Mend the secret' }).click()
    await page.getByRole('textbox', { name: 'New secret' }).fill(other)
    await page.getByRole('button', { name: 'Save secret' }).click()
    await page.getByText('Secret saved').waitFor()
    await inspect(page, 'sources-settings')
    await page.goBack()
    await page.getByRole('button', { name: 'Release' }).click()
    await page.getByText('Released', { exact: true }).waitFor()
    await waitFor('the first of them', () => receivedOf('held').length === 1)
    await page.goBack()
    await page.getByRole('button', { name: 'Release all: Wrong signature' }).click()
    const dialog = page.getByRole('dialog')
    await inspect(page, 'sources-release-all')
    await dialog.getByRole('button', { name: 'Release' }).click()
    await dialog.getByText('2 released, 0 still refused. That was all.').waitFor()
    await dialog.getByRole('button', { name: 'Close' }).click()
    await waitFor(
      'the rest',
      () => receivedOf('kept').length === 1 && receivedOf('stays').length === 1,
    )
  })

  it('keep as much of what is refused as their settings say, within what all may come to', async () => {
    portal.expectProblem(/status of 422/)
    await tab('Settings')
    const save = page.getByRole('button', { name: 'Save settings' })
    await page.getByLabel('Requests kept, the newest').fill('10000')
    await page.getByLabel('Largest body kept, in bytes').fill('5000000')
    await page.getByLabel('Days kept').fill('3')
    await save.click()
    await page.getByText('must be at most 1 GB').first().waitFor()
    await inspect(page, 'sources-settings-fault')
    await page.getByLabel('Requests kept, the newest').fill('50')
    await save.click()
    await page.getByText('Settings saved').waitFor()
    await tab('Quarantine')
    await page.getByText('kept for 3 days, the newest 50').waitFor()
  })

  it('list every request with its outcome, filtered by what the URL says', async () => {
    await tab('Requests')
    await page.getByText('Released from quarantine').first().waitFor()
    await page.getByLabel('Outcome').selectOption('quarantined')
    await page.waitForURL(/outcome=quarantined/)
    await page.getByText('Released from quarantine').first().waitFor({ state: 'detached' })
    await page.getByText('Wrong signature').first().waitFor()
    expect(await page.getByRole('row').count()).toBe(4)
    await page.reload()
    await page.getByText('Wrong signature').first().waitFor()
    expect(await page.getByLabel('Outcome').inputValue()).toBe('quarantined')
    await page.getByLabel('Outcome').selectOption('throttled')
    await page.getByText('Nothing of that outcome').waitFor()
    await page.getByRole('button', { name: 'Clear filter' }).click()
    await page.getByText('Released from quarantine').first().waitFor()
    await inspect(page, 'sources-requests')
  })

  it('don’t move under who reads below the top: what is new waits behind a button', async () => {
    const send = (key: string) => sendAsGitHub(url, 'b'.repeat(64), { [key]: 1 })
    for (let n = 0; n < 12; n++) await send(`fill ${n}`)
    await page.reload()
    await page.getByText('Released from quarantine').first().waitFor()
    await page.setViewportSize({ width: 1280, height: 500 })
    await page.evaluate(() => scrollTo(0, document.body.scrollHeight))
    await waitFor('the bottom', () => page.evaluate(() => scrollY >= 400))
    const rows = await page.getByRole('row').count()
    await send('late')
    await page.getByRole('button', { name: '1 new' }).waitFor({ state: 'attached' })
    expect(await page.getByRole('row').count()).toBe(rows)
    await page.getByRole('button', { name: '1 new' }).click()
    await waitFor('its row', async () => (await page.getByRole('row').count()) === rows + 1)
    await page.setViewportSize({ width: 1280, height: 900 })
  })

  it('show strangers’ headers and bodies as text, and run nothing of them', async () => {
    const headers = { 'x-odd': SCRIPT, 'user-agent': '<b>bold</b>' }
    const text = JSON.stringify({ [TURNED]: TURNED })
    for (const signedBy of ['b'.repeat(64), 'wrong'])
      await sendSigned(url, { secret: signedBy, text, headers })
    for (const outcome of ['accepted', 'quarantined']) {
      await page.getByLabel('Outcome').selectOption(outcome)
      await page.waitForURL(new RegExp(`outcome=${outcome}`))
      await page.locator('tbody tr').first().getByText(outcome, { exact: false }).waitFor()
      await waitFor('the newest', async () => {
        await page.locator('tbody a').first().click()
        await page.getByRole('region', { name: 'Headers' }).waitFor()
        const shown = await page.getByRole('region', { name: 'Headers' }).textContent()
        if (shown?.includes('onerror') === true) return true
        await page.goBack()
        return false
      })
      await page.getByRole('region', { name: 'Body' }).getByText('U+202E').first().waitFor()
      await page.getByRole('region', { name: 'Headers' }).getByText('<b>bold</b>').waitFor()
      await inspect(page, `sources-hostile-${outcome}`)
      await page.goBack()
    }
    expect(await page.evaluate(() => Reflect.get(globalThis, 'hit'))).toBeUndefined()
    expect(await page.locator('main script, main img').count()).toBe(0)
  })

  it('are tried by a real call, whose answer and log are shown', async () => {
    await tab('Test')
    await page.getByLabel('Path and query').fill('/orders?test=1')
    await page.getByLabel('JSON body').fill('{"a":')
    await page.getByText('This is not valid JSON.').waitFor()
    expect(await page.getByRole('button', { name: 'Send Test Request' }).isDisabled()).toBe(true)
    await page.getByLabel('JSON body').fill('{"tried":1}')
    await page.getByRole('button', { name: 'Send Test Request' }).click()
    await page.getByRole('region', { name: 'Answer' }).getByText('401').waitFor()
    await inspect(page, 'sources-test')
    await page.getByRole('link', { name: 'See it among the requests' }).click()
    await page.getByText('/orders?test=[withheld]').waitFor()
  })

  it('get another URL while the old one goes on, which is said', async () => {
    await page.getByText('More', { exact: true }).click()
    await page.getByRole('button', { name: 'Rotate URL' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByText('goes on working for 48 hours').waitFor()
    await dialog.getByRole('button', { name: 'Rotate URL' }).click()
    await dialog.getByText('until then the former one works too').waitFor()
    const fresh = String(await dialog.locator('code').textContent())
    await inspect(page, 'sources-rotated')
    await dialog.getByRole('button', { name: 'Close' }).click()
    expect(fresh).not.toBe(url)
    for (const at of [url, fresh])
      expect((await sendAsGitHub(at, 'b'.repeat(64), { at })).status).toBe(200)
  })

  it('are disabled, enabled and deleted', async () => {
    const choose = async (name: string) => {
      await page.getByText('More', { exact: true }).click()
      await page.getByRole('button', { name, exact: true }).click()
    }
    await choose('Disable')
    await inspectBriefly(page, 'sources-disable')
    await page.getByRole('dialog').getByRole('button', { name: 'Disable' }).click()
    await page.locator('.badge', { hasText: 'Disabled' }).waitFor()
    await choose('Enable')
    await page.locator('.badge', { hasText: 'Disabled' }).waitFor({ state: 'detached' })
    await choose('Delete')
    const confirm = page.getByRole('dialog').getByRole('button', { name: 'Delete' })
    expect(await confirm.isDisabled()).toBe(true)
    await page.getByLabel('Type “github” to confirm').fill('github')
    await confirm.click()
    await page.getByRole('heading', { name: 'No sources yet' }).waitFor()
    expect((await sendAsGitHub(url, 'b'.repeat(64), {})).status).toBe(404)
  })

  it('are made without a mouse, and say on every page that nothing is verified', async () => {
    await tabAndEnter(page, 'Add source')
    await tabTo(page, 'Search providers')
    await page.keyboard.type('generic webhook')
    await tabAndEnter(page, /^Generic webhook/)
    await page.getByRole('heading', { name: 'Generic webhook' }).waitFor()
    await tabAndEnter(page, 'Create source')
    await page.getByText('Waiting for the first request…').waitFor()
    await page.getByText('whoever knows the URL can send').first().waitFor()
    const at = String(await page.locator('.set-up-steps code').first().textContent())
    expect((await fetch(at, { method: 'POST', body: '{"open":1}' })).status).toBe(200)
    await page.getByText('It works: a request was received').waitFor()
    await page.getByRole('link', { name: 'See the request' }).click()
    await page.locator('.badge', { hasText: 'No verification' }).waitFor()
    await page.getByRole('link', { name: 'Sources', exact: true }).first().click()
    await page.locator('.badge', { hasText: 'No verification' }).first().waitFor()
    await inspect(page, 'sources-list')
  })

  it('say that they can’t be read, and come back when they can', async () => {
    portal.expectProblem(/status of 500/)
    await page.route('**/api/v1/source?*', (route) => route.fulfill({ status: 500, body: '{}' }))
    await page.reload()
    await page.getByRole('button', { name: 'Try again' }).waitFor()
    await inspect(page, 'sources-error')
    await page.unroute('**/api/v1/source?*')
    await page.getByRole('button', { name: 'Try again' }).click()
    await page.getByRole('link', { name: 'Generic webhook' }).waitFor()
  })

  it('speak German', async () => {
    await page.getByLabel('Language').selectOption('de')
    await page.getByRole('link', { name: 'Quelle hinzufügen' }).click()
    await page.getByLabel('Anbieter suchen').fill('stripe')
    await page.getByRole('link', { name: 'Stripe' }).click()
    await page.getByText('Zuerst die Quelle anlegen').waitFor()
    await inspect(page, 'sources-german')
  })
})
