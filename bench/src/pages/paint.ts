import { gzipSync } from 'node:zlib'
import type { Browser, Page } from 'playwright-core'
import { median } from '../measure/distribution.ts'
import { openSlowPage, serveTrivialPage } from './bench-browser.ts'
import type { Finding } from './finding.ts'

const ROUNDS = 5
const SLOW_CPU = 4
const MOST_TIMES_TRIVIAL = 2.5
const MOST_USABLE_MS = 2_000
const MOST_ENTRY_BYTES = 150_000
const MOST_SCRIPT_BYTES = 200_000

export type Opening = {
  browser: Browser
  /** A link into the portal, made anew for each visit. */
  link: () => Promise<string>
}

/** First paint beside that of a trivial page in the same run, the list that can be used, and what is loaded for it. */
export async function measurePaint({ browser, link }: Opening): Promise<Finding[]> {
  await using trivial = await serveTrivialPage()
  const paints = { portal: [] as number[], trivial: [] as number[] }
  const usable: number[] = []
  for (let round = 0; round < ROUNDS; round++) {
    paints.trivial.push(await firstPaint(browser, trivial.url))
    paints.portal.push(await firstPaint(browser, await link()))
    usable.push(await listUsable(browser, await link()))
  }
  const [own, least] = [median(paints.portal), median(paints.trivial)]
  return [
    {
      what: 'first paint, × a trivial page',
      value: own / least,
      bound: MOST_TIMES_TRIVIAL,
      note: `${own.toFixed(0)} ms to ${least.toFixed(0)} ms, CPU ${SLOW_CPU} × slower, median of ${ROUNDS}`,
    },
    {
      what: 'list usable, ms',
      value: median(usable),
      bound: MOST_USABLE_MS,
      note: `CPU as it is, ${Math.min(...usable).toFixed(0)}–${Math.max(...usable).toFixed(0)}`,
    },
    ...(await measureScripts(browser, await link())),
  ]
}

async function firstPaint(browser: Browser, url: string): Promise<number> {
  const page = await openSlowPage(browser, SLOW_CPU)
  await page.goto(url, { waitUntil: 'load' })
  const paint = await page.waitForFunction(
    () => performance.getEntriesByName('first-contentful-paint')[0]?.startTime,
  )
  const at = Number(await paint.jsonValue())
  await page.context().close()
  return at
}

async function listUsable(browser: Browser, url: string): Promise<number> {
  const page = await openSlowPage(browser, 1)
  await page.goto(url, { waitUntil: 'commit' })
  const at = await page.waitForFunction(
    () => document.querySelector('tbody a') !== null && performance.now(),
    undefined,
    { polling: 'raf' },
  )
  const ms = Number(await at.jsonValue())
  await page.context().close()
  return ms
}

async function measureScripts(browser: Browser, url: string): Promise<Finding[]> {
  const page = await openSlowPage(browser, 1)
  const bodies = new Map<string, Promise<Buffer>>()
  page.on('response', (response) => {
    if (response.url().endsWith('.js')) bodies.set(response.url(), response.body())
  })
  await page.goto(url)
  await page.locator('tbody a').first().waitFor()
  const sizes = await Promise.all([...bodies].map(async ([, body]) => gzipSync(await body).length))
  const entry = await entryBytes(page, bodies)
  await page.context().close()
  const all = sizes.reduce((sum, bytes) => sum + bytes, 0)
  return [
    { what: 'script of the entry, B gzip', value: entry, bound: MOST_ENTRY_BYTES, note: '' },
    {
      what: 'script until the list is there, B gzip',
      value: all,
      bound: MOST_SCRIPT_BYTES,
      note: `${sizes.length} files`,
    },
  ]
}

async function entryBytes(
  page: Page,
  bodies: ReadonlyMap<string, Promise<Buffer>>,
): Promise<number> {
  const urls = await page.evaluate(() => {
    const scripts = [...document.querySelectorAll<HTMLScriptElement>('script[src]')]
    const preloaded = [...document.querySelectorAll<HTMLLinkElement>('link[rel="modulepreload"]')]
    return [...preloaded.map(({ href }) => href), ...scripts.map(({ src }) => src)]
  })
  let bytes = 0
  for (const url of urls) bytes += gzipSync((await bodies.get(url)) ?? Buffer.alloc(0)).length
  return bytes
}
