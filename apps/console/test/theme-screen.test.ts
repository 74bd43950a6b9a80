import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Console, isWithoutBrowser, startConsole } from './console-setup.ts'
import { signInOwner } from './console-steps.ts'
import { inspect } from './inspect.ts'

const LOGO =
  '<svg xmlns="http://www.w3.org/2000/svg" width="60" height="26"><rect width="60" height="26" fill="#0a5f43"/></svg>'

// Each goes on where the one before left.
describe.skipIf(isWithoutBrowser())('the portal theme', () => {
  let staff: Console
  let page: Page

  beforeAll(async () => {
    staff = await startConsole({ POSTHORN_PORTAL_THEME: '{"fontFamily":"Georgia"}' })
    page = await signInOwner(staff)
  })
  afterAll(() => staff?.[Symbol.asyncDispose]())

  const field = (label: string) => page.getByLabel(label, { exact: true })
  const hintOf = (label: string) =>
    field(label).evaluate((one) =>
      (one.getAttribute('aria-describedby') ?? '')
        .split(' ')
        .map((id) => document.getElementById(id)?.textContent)
        .join(' '),
    )
  const press = (name: string) => page.getByRole('button', { name, exact: true }).click()

  it('is shown as it is typed, with what was done to a colour that is hard to read', async () => {
    await page.getByRole('link', { name: 'Portal theme', exact: true }).click()
    await field('Accent, light').fill('#ffcc00')
    await field('Accent, dark').fill('#8db2ff')
    await field('Corners').fill('2')
    await page.getByText(/^#ffcc00 has only 1\.\d+:1, where text needs 4\.5:1/).waitFor()
    await page.getByText(/^#8db2ff has \d[\d.]*:1 as text: used as it is/).waitFor()
    const shifted = await page.getByText('shifted to').innerText()
    const [, accent = ''] = /shifted to (#\w{6})/.exec(shifted) ?? []
    const button = page.locator('.theme-sample[data-theme=light] .button').first()
    const painted = await button.evaluate((one) => getComputedStyle(one).backgroundColor)
    expect(painted).toBe(rgbOf(accent))
    const address = page.getByRole('region', { name: "In the portal's address" })
    expect(await address.innerText()).toBe(
      'primaryColorLight=%23ffcc00&primaryColorDark=%238db2ff&radius=2',
    )
  })

  it('says where each value comes from, and what cannot be used', async () => {
    staff.expectProblem(/status of 422/)
    expect(await hintOf('Font')).toContain('From: Environment')
    expect(await field('Font').getAttribute('placeholder')).toBe('Georgia')
    expect(await hintOf('Corners')).toContain('From: Chosen here')
    expect(await hintOf('Product name')).toContain('From: Default')
    await field('Accent, light').fill('yellow')
    await field('Font').fill('Inter;}')
    await page.getByText('Not a colour in hexadecimal').waitFor()
    await page.getByText('Not a list of names of fonts').waitFor()
    await inspect(page, 'theme-faults')
    await field('Accent, light').fill('#0a5f43')
    await field('Font').fill('')
    await field('Support link').fill('javascript:alert(1)')
    await press('Save')
    await page.getByText('Must be an https URL or mailto:').waitFor()
  })

  it('is stored, and is how a portal looks that is opened next', async () => {
    await field('Support link').fill('mailto:help@example.com')
    await field('Product name').fill('Acme Hooks')
    await field('Surface').fill('#fffaf5')
    await page.getByText('Everything can be read on #fffaf5').waitFor()
    const logo = page.getByRole('group', { name: 'Logo, light' })
    const file = { name: 'logo.svg', mimeType: 'image/svg+xml', buffer: Buffer.from(LOGO) }
    await logo.getByLabel('Image file').setInputFiles({ ...file, buffer: Buffer.alloc(13_000) })
    await logo.getByText('An image of at most').waitFor()
    await logo.getByLabel('Image file').setInputFiles(file)
    await logo.locator('img').waitFor()
    await press('Save')
    await page.getByText('Saved. Portals that are opened').waitFor()
    await inspect(page, 'theme')
    await page.reload()
    await page.getByText('Everything can be read on #fffaf5').waitFor()
    expect(await field('Product name').inputValue()).toBe('Acme Hooks')
    const app = await staff.call('POST', '/app', {
      name: 'Acme',
      metadata: { 'theme.radius': '12' },
    })
    const access = await staff.call('POST', `/auth/app-portal-access/${String(app['id'])}`, {})
    const portal = await staff.newPage({ colorScheme: 'light' })
    await portal.goto(String(access['url']))
    await portal.locator('header').getByText('Acme Hooks').waitFor()
    const tokens = await portal.locator('html').evaluate((html) => {
      const style = getComputedStyle(html)
      return ['--accent', '--surface', '--radius', '--font'].map((name) =>
        style.getPropertyValue(name),
      )
    })
    expect(tokens).toEqual(['#0a5f43', '#fffaf5', '12px', 'Georgia,system-ui,sans-serif'])
    await portal.close()
  })

  it("names what an application's metadata says of it that cannot be used", async () => {
    const metadata = { 'theme.radius': '120', 'theme.density': 'compact' }
    const app = await staff.call('POST', '/app', { name: 'Beta', metadata })
    await page.goto(`${staff.url}/console/${staff.orgId}/applications/${String(app['id'])}`)
    const look = page.getByRole('region', { name: 'Portal theme' })
    await look.getByText('theme.radius: Must be pixels').waitFor()
    expect(await look.getByText(/^Density/).innerText()).toContain('compact')
    await inspect(page, 'application-theme')
  })
})

function rgbOf(hex: string): string {
  const channel = (at: number) => Number.parseInt(hex.slice(at, at + 2), 16)
  return `rgb(${channel(1)}, ${channel(3)}, ${channel(5)})`
}
