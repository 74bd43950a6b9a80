import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { inspect } from './inspect.ts'
import { isWithoutBrowser, type Portal, startPortal } from './portal-setup.ts'

const LOGO = `data:image/svg+xml;base64,${Buffer.from(
  '<svg xmlns="http://www.w3.org/2000/svg" width="60" height="26"><rect width="60" height="26" fill="#0a5f43"/></svg>',
).toString('base64')}`
const THEME = {
  primaryColorLight: '#0a5f43',
  surface: '#fffaf5',
  radius: '2',
  density: 'compact',
  fontFamily: 'Georgia',
  logoLight: LOGO,
  favicon: LOGO,
  productName: 'Acme Hooks',
  supportLink: 'https://help.example.com/',
  labelEndpoints: 'Webhooks',
  labelMessages: 'Events <b>',
}

describe.skipIf(isWithoutBrowser())('the look of a portal', () => {
  let portal: Portal

  beforeAll(async () => {
    portal = await startPortal()
    await portal.call('PUT', '/organisation/portal-theme', THEME)
  })
  afterAll(() => portal?.[Symbol.asyncDispose]())

  const tokens = (page: Page) =>
    page.locator('html').evaluate((html) => {
      const style = getComputedStyle(html)
      const names = ['--accent', '--surface', '--radius', '--gap', '--font']
      return Object.fromEntries(names.map((name) => [name, style.getPropertyValue(name).trim()]))
    })

  /** Every accent that was there when something of ours was first painted, or later. */
  const watchAccents = (page: Page) =>
    page.addInitScript(() => {
      const seen: string[] = []
      Reflect.set(globalThis, 'seen', seen)
      const look = () => {
        if (document.querySelector('.site-header') !== null)
          seen.push(getComputedStyle(document.documentElement).getPropertyValue('--accent').trim())
        requestAnimationFrame(look)
      }
      requestAnimationFrame(look)
    })
  const seenAccents = (page: Page) =>
    page.evaluate(() => [...new Set<string>(Reflect.get(globalThis, 'seen'))])

  it('is there from the first paint on, without a request of its own', async () => {
    const page = await portal.newPage({ colorScheme: 'light' })
    const asked: string[] = []
    page.on('request', (request) => asked.push(request.url()))
    await watchAccents(page)
    await page.goto(await portal.link())
    await page.getByText('Acme Billing').waitFor()
    await page.getByRole('link', { name: 'Add Endpoint' }).first().waitFor()
    expect(await seenAccents(page)).toEqual(['#0a5f43'])
    expect(asked.filter((url) => url.endsWith('/portal-theme'))).toEqual([])
    expect(await tokens(page)).toMatchObject({
      '--surface': '#fffaf5',
      '--radius': '2px',
      '--gap': '10px',
      '--font': expect.stringContaining('Georgia'),
    })
    expect(await page.title()).toBe('Webhooks · Acme Hooks')
    await page.locator('header').getByText('Acme Hooks').waitFor()
    const support = page.getByRole('link', { name: 'Support' })
    expect(await support.getAttribute('href')).toBe('https://help.example.com/')
    const widths = await page
      .locator('.site-logo')
      .evaluateAll((logos) => logos.map((logo) => (logo as HTMLImageElement).naturalWidth))
    expect(widths).toEqual([60])
    expect(await page.locator('link[rel=icon]').getAttribute('href')).toBe(LOGO)
    expect(new URL(page.url()).search).toBe('')
    await inspect(page, 'portal-theme')
    await watchAccents(page)
    await page.reload()
    await page.getByText('Acme Billing').waitFor()
    expect(await seenAccents(page)).toEqual(['#0a5f43'])
    await page.close()
  })

  it('gives way to what the address asks for, value by value', async () => {
    const page = await portal.newPage({ colorScheme: 'light' })
    const url = new URL(await portal.link())
    url.searchParams.set('primaryColor', '#1f4fbf')
    url.searchParams.set('radius', '9')
    url.searchParams.set('productName', 'Elsewhere')
    url.searchParams.set('labelEndpoints', 'Elsewhere')
    url.searchParams.set('supportLink', 'https://evil.example/')
    await page.goto(url.href)
    await page.getByText('Acme Billing').waitFor()
    expect(await tokens(page)).toMatchObject({
      '--accent': '#1f4fbf',
      '--radius': '9px',
      '--surface': '#fffaf5',
    })
    // Whose portal it is, and where help comes from, isn't for whoever makes an address to say.
    expect(await page.title()).toBe('Webhooks · Acme Hooks')
    const support = page.getByRole('link', { name: 'Support' })
    expect(await support.getAttribute('href')).toBe('https://help.example.com/')
    await page.getByRole('heading', { name: 'Webhooks' }).waitFor()
    await page.close()
  })

  it('light, dark and language as the address asks for hold after a reload, and leave nothing to choose', async () => {
    const page = await portal.newPage({ colorScheme: 'light', locale: 'en-GB' })
    const url = new URL(await portal.link())
    url.searchParams.set('darkMode', 'true')
    url.searchParams.set('locale', 'de')
    await page.goto(url.href)
    const isAsAsked = async () => {
      await page.getByRole('link', { name: 'Aktivität' }).waitFor()
      expect(await page.locator('html').getAttribute('data-theme')).toBe('dark')
      expect(await page.getByLabel('Darstellung', { exact: true }).count()).toBe(0)
    }
    await isAsAsked()
    await page.reload()
    await isAsAsked()
    // Another link says nothing of it.
    await page.goto(await portal.link())
    await page.getByRole('link', { name: 'Activity' }).waitFor()
    await page.getByLabel('Theme').waitFor()
    await page.close()
  })

  it('the language that somebody chooses is that of the next time', async () => {
    const page = await portal.newPage({ locale: 'en-GB' })
    await page.goto(await portal.link())
    await page.getByLabel('Language').selectOption('de')
    await page.getByRole('link', { name: 'Aktivität' }).waitFor()
    await page.reload()
    await page.getByRole('link', { name: 'Aktivität' }).waitFor()
    await page.close()
  })

  it('calls what is listed as the product does, in the navigation and above the lists', async () => {
    const page = await portal.newPage()
    await page.goto(await portal.link())
    await page.getByRole('heading', { level: 1, name: 'Webhooks' }).waitFor()
    const sections = page.getByRole('navigation').getByRole('link')
    expect(await sections.allTextContents()).toEqual([
      'Webhooks',
      'Events <b>',
      'Event catalog',
      'Activity',
    ])
    await page.getByRole('link', { name: 'Add Endpoint' }).first().click()
    await page.getByRole('main').getByRole('link', { name: 'Webhooks' }).waitFor()
    await page.getByRole('link', { name: 'Events <b>' }).click()
    await page.getByRole('heading', { level: 1, name: 'Events <b>' }).waitFor()
    await inspect(page, 'portal-labels')
    await page.close()
  })

  it("an application's metadata goes before it; a link that names no application takes it once it is there", async () => {
    await portal.call('PATCH', '/app/acme', {
      metadata: { 'theme.primaryColorLight': '#a0198c', 'theme.productName': 'Beta <b>' },
    })
    const page = await portal.newPage({ colorScheme: 'light' })
    const url = new URL(await portal.link())
    url.search = ''
    await page.goto(url.href)
    await page.getByText('Beta <b>').waitFor()
    expect((await tokens(page))['--accent']).toBe('#a0198c')
    // Of one accent alone the other theme has what can be read of it there.
    await page.emulateMedia({ colorScheme: 'dark' })
    await page.locator('html[data-theme=dark]').waitFor({ state: 'attached' })
    const [red = 0, green = 0] = rgbOf((await tokens(page))['--accent'] ?? '')
    expect(red).toBeGreaterThan(0xa0)
    expect(green).toBeLessThan(red)
    await page.close()
  })
})

function rgbOf(hex: string): number[] {
  return [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16))
}
