import { gzipSync } from 'node:zlib'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { MOST_SHIFT, shiftOf, watchShifts } from './layout-shifts.ts'
import { isWithoutBrowser, type Portal, startPortal } from './portal-setup.ts'

const KILOBYTE = 1000
const LIST_BYTES = 150 * KILOBYTE
const MESSAGES = 260
const MOST_ROWS = 200

/** What `npm run test:pages` measures and can be judged on any machine: bytes, rows, hosts; times are only told. */
describe.skipIf(isWithoutBrowser())('the portal as it is loaded', () => {
  let portal: Portal
  let page: Page
  const scripts: { url: string; bytes: number; encoding: string | undefined }[] = []
  const hosts = new Set<string>()

  beforeAll(async () => {
    portal = await startPortal()
    await portal.call('POST', '/event-type', { name: 'invoice.paid', description: '' })
    await portal.call('POST', '/app/acme/endpoint', { url: portal.receiver.url })
    for (let n = 0; n < MESSAGES; n++)
      await portal.call('POST', '/app/acme/msg', { eventType: 'invoice.paid', payload: { n } })
    page = await portal.newPage()
    await watchShifts(page)
    page.on('request', (request) => hosts.add(new URL(request.url()).host))
    page.on('response', async (response) => {
      if (!response.url().endsWith('.js')) return
      const body = await response.body().catch(() => Buffer.alloc(0))
      const encoding = response.headers()['content-encoding']
      scripts.push({ url: response.url(), bytes: gzipSync(body).length, encoding })
    })
    await page.goto(await portal.link())
    await page.getByRole('link', { name: portal.receiver.url }).waitFor()
  })
  afterAll(() => portal?.[Symbol.asyncDispose]())

  it('needs no more script for its first list than a slow line can bear, compressed', () => {
    const all = scripts.reduce((sum, { bytes }) => sum + bytes, 0)
    process.stderr.write(`\nportal: first list ${all} B of script, gzip\n`)
    expect(all).toBeLessThanOrEqual(LIST_BYTES)
    expect(scripts.map(({ encoding }) => encoding)).toEqual(scripts.map(() => 'br'))
  })

  it('asks no other host for anything', () => {
    expect([...hosts]).toEqual([new URL(portal.url).host])
  })

  it('moves nothing while it loads', async () => {
    const told = await page.evaluate(() => {
      const [navigation] = performance.getEntriesByType('navigation')
      const [paint] = performance.getEntriesByName('first-contentful-paint')
      return {
        firstPaintMs: paint?.startTime,
        loadedMs: navigation?.duration,
      }
    })
    const shift = await shiftOf(page)
    process.stderr.write(`\nportal: ${JSON.stringify({ shift, ...told })}\n`)
    expect(shift).toBeLessThanOrEqual(MOST_SHIFT)
  })

  it('shows something before any script ran', async () => {
    const bare = await portal.browser.newPage({ javaScriptEnabled: false })
    await bare.goto(`${portal.url}/portal/endpoints`)
    expect(await bare.locator('.boot i').count()).toBeGreaterThan(0)
    await bare.close()
  })

  it('keeps a long list to 200 rows, down to its end and up again', async () => {
    await page.getByRole('link', { name: 'Messages' }).click()
    await page.locator('tbody tr').nth(49).waitFor()
    const first = await page.locator('tbody tr').first().textContent()
    const older = page.getByRole('button', { name: 'Show older' })
    const newer = page.getByRole('button', { name: 'Show newer' })
    for (let rows = 100; rows <= MOST_ROWS; rows += 50) {
      await older.click()
      await page
        .locator('tbody tr')
        .nth(rows - 1)
        .waitFor()
    }
    await older.click()
    await newer.waitFor()
    expect(await page.locator('tbody tr').count()).toBeLessThanOrEqual(MOST_ROWS)
    await newer.click()
    await newer.waitFor({ state: 'detached' })
    expect(await page.locator('tbody tr').first().textContent()).toContain(first?.slice(0, 30))
  })

  it('begins with the newest of a span of time, and goes on to its oldest', async () => {
    const message = { eventType: 'invoice.paid', payload: {} }
    const { id } = await portal.call('POST', '/app/acme/msg', message)
    await page.goto(`${portal.url}/portal/messages?hours=24`)
    await page.locator('tbody tr').first().getByText(String(id)).waitFor()
    await page.getByRole('button', { name: 'Show older' }).click()
    await page.locator('tbody tr').nth(99).waitFor()
  })

  it('moves nothing when rows come in at the top, nor when they wait for a reader', async () => {
    const publish = async () => {
      const message = { eventType: 'invoice.paid', payload: {} }
      return String((await portal.call('POST', '/app/acme/msg', message))['id'])
    }
    const rows = page.locator('tbody tr')
    await page.goto(`${portal.url}/portal/messages`)
    await rows.nth(49).waitFor()
    await page.mouse.move(2, 2)
    const slidIn = await publish()
    await rows.first().getByText(slidIn).waitFor()
    await rows.nth(3).hover()
    const waiting = await publish()
    const button = page.getByRole('button', { name: '1 new' })
    await button.waitFor()
    expect(await rows.first().textContent()).toContain(slidIn)
    expect(await shiftOf(page)).toBeLessThanOrEqual(MOST_SHIFT)
    await button.click()
    await rows.first().getByText(waiting).waitFor()
    await page.getByRole('button', { name: 'Stop updating' }).click()
    await page.getByText('Not updating').waitFor()
    await page.getByRole('button', { name: 'Go live' }).click()
    await page.getByText('Live', { exact: true }).waitFor()
  })
})
