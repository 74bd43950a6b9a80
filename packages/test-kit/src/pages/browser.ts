import { existsSync } from 'node:fs'
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core'
import { PAGE_TEST_CONFIG } from './config.ts'

const CHROMIUM = [
  PAGE_TEST_CONFIG.chromiumPath,
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  chromium.executablePath(),
].find((path) => path !== '' && existsSync(path))

const NO_BROWSER =
  'no Chromium: `apt-get install -y chromium` (or CHROMIUM_PATH) lets the page tests run'

const SIZE = { viewport: { width: 1280, height: 900 } }

/** For `describe.skipIf`: says loudly what is left out, and how it would be run. */
export function isWithoutBrowser(): boolean {
  if (CHROMIUM === undefined) process.stderr.write(`\n!!! page tests skipped: ${NO_BROWSER}\n\n`)
  return CHROMIUM === undefined
}

export interface PageBrowser extends AsyncDisposable {
  readonly browser: Browser
  /** What any page of `newPage` said on its console, and what it threw. */
  readonly problems: string[]
  readonly newPage: (options?: BrowserContextOptions) => Promise<Page>
}

export async function openBrowser(): Promise<PageBrowser> {
  if (CHROMIUM === undefined) throw new Error(NO_BROWSER)
  const args = process.getuid?.() === 0 ? ['--no-sandbox'] : []
  const browser = await chromium.launch({ executablePath: CHROMIUM, args })
  const problems: string[] = []
  return {
    browser,
    problems,
    async newPage(options = {}) {
      const page = await browser.newPage({ ...SIZE, ...options })
      page.setDefaultTimeout(60_000)
      page.on('console', (message) => message.type() === 'error' && problems.push(message.text()))
      page.on('pageerror', (err) => problems.push(err.message))
      return page
    },
    [Symbol.asyncDispose]: () => browser.close(),
  }
}
