import { existsSync } from 'node:fs'
import { createServer } from 'node:http'
import { type Browser, chromium, type Page } from 'playwright-core'

const PLACES = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome']
const BYTES_PER_SECOND = 1_600_000 / 8
const LATENCY_MS = 150

export async function openBrowser(chromiumPath: string | null): Promise<Browser> {
  const places = [chromiumPath ?? '', ...PLACES, chromium.executablePath()]
  const executablePath = places.find((path) => path !== '' && existsSync(path))
  if (executablePath === undefined)
    throw new Error('no Chromium: `apt-get install -y chromium`, or CHROMIUM_PATH')
  const args = process.getuid?.() === 0 ? ['--no-sandbox'] : []
  return chromium.launch({ executablePath, args })
}

/** A page without anything before it in caches, on a slow line (1.6 Mbit/s, 150 ms) and a CPU so many times slower. */
export async function openSlowPage(browser: Browser, cpuSlowdown: number): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 } })
  const page = await context.newPage()
  const devtools = await context.newCDPSession(page)
  await devtools.send('Network.enable')
  await devtools.send('Network.emulateNetworkConditions', {
    offline: false,
    latency: LATENCY_MS,
    downloadThroughput: BYTES_PER_SECOND,
    uploadThroughput: BYTES_PER_SECOND,
  })
  await devtools.send('Emulation.setCPUThrottlingRate', { rate: cpuSlowdown })
  return page
}

export type TrivialPage = AsyncDisposable & { url: string }

/** What a paint costs at least, of any page. */
export async function serveTrivialPage(): Promise<TrivialPage> {
  const server = createServer((_, res) => {
    res.writeHead(200, { 'content-type': 'text/html' })
    res.end('<!doctype html><title>Trivial</title><p>Hello</p>')
  })
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('No port.')
  return {
    url: `http://127.0.0.1:${address.port}/`,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections()
      await new Promise<void>((resolve) => void server.close(() => resolve()))
    },
  }
}
