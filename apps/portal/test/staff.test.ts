import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { inspect } from './inspect.ts'
import { isWithoutBrowser, type Portal, startPortal } from './portal-setup.ts'

const SCREENS = ['endpoints', 'endpoints/new', 'messages', 'event-types', 'activity', 'nowhere']

describe.skipIf(isWithoutBrowser())('a portal that staff opened', () => {
  let portal: Portal

  beforeAll(async () => {
    portal = await startPortal()
  })
  afterAll(() => portal?.[Symbol.asyncDispose]())

  const link = async (canManage = false) => {
    const { url } = await portal.call('POST', '/staff/portal-access/acme', { canManage })
    return String(url)
  }

  it('says so on every screen, wherever that is scrolled to', async () => {
    const page = await portal.newPage({ viewport: { width: 1280, height: 300 } })
    await page.goto(await link())
    const banner = page.getByRole('complementary', { name: 'Staff is viewing.' })
    for (const screen of SCREENS) {
      await page.goto(`${portal.url}/portal/${screen}`)
      await banner.getByText('Read-only; that you look is recorded with your name.').waitFor()
      await banner.getByText('Acme Billing').waitFor()
      await page.mouse.wheel(0, 10_000)
      expect(await banner.evaluate((element) => element.getBoundingClientRect().top)).toBe(0)
    }
    await page.goto(`${portal.url}/portal/endpoints?hideNavigation=true`)
    await banner.waitFor()
    await inspect(page, 'staff')
    await page.close()
  })

  it('says what changes are, to staff who may make them, in their language', async () => {
    const page = await portal.newPage({ locale: 'de-DE' })
    await page.goto(await link(true))
    await page.getByText('Ansicht durch Mitarbeiter.').waitFor()
    await page.getByText('Was Sie ändern, ändert sich für diesen Kunden').waitFor()
    await page.close()
  })

  it('is none that the customer opens', async () => {
    const page = await portal.newPage()
    await page.goto(await portal.link())
    await page.getByRole('heading', { name: 'No endpoints yet' }).waitFor()
    expect(await page.getByText('Staff is viewing.').count()).toBe(0)
    await page.close()
  })
})
