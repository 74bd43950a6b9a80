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
  /** What any page of `newPage` said on its console, what it threw, and which of its requests failed. */
  readonly problems: string[]
  /** What a test forces; any other problem is thrown when the browser is closed. */
  readonly expectProblem: (pattern: RegExp) => void
  readonly newPage: (options?: BrowserContextOptions) => Promise<Page>
}

export async function openBrowser(): Promise<PageBrowser> {
  if (CHROMIUM === undefined) throw new Error(NO_BROWSER)
  const args = process.getuid?.() === 0 ? ['--no-sandbox'] : []
  const browser = await chromium.launch({ executablePath: CHROMIUM, args })
  const problems: string[] = []
  const expected: RegExp[] = []
  const deleted: string[] = []
  return {
    browser,
    problems,
    expectProblem: (pattern) => expected.push(pattern),
    async newPage(options = {}) {
      const page = await browser.newPage({ ...SIZE, ...options })
      page.setDefaultTimeout(60_000)
      noteProblems(page, problems)
      noteDeleted(page, deleted)
      return page
    },
    async [Symbol.asyncDispose]() {
      const unforced = problems.filter(
        (line) => !expected.some((pattern) => pattern.test(line)) && !isOfDeleted(line, deleted),
      )
      await browser.close()
      if (unforced.length > 0)
        throw new Error(`The pages had problems that no test forces:\n${unforced.join('\n')}`)
    },
  }
}

/** The ids of what a page deleted. */
function noteDeleted(page: Page, deleted: string[]): void {
  page.on('response', (response) => {
    const id = new URL(response.url()).pathname.split('/').at(-1)
    if (response.request().method() === 'DELETE' && response.ok() && id) deleted.push(id)
  })
}

// A page that looks again every few seconds may do so while what it shows is being deleted.
function isOfDeleted(line: string, deleted: readonly string[]): boolean {
  return line.includes('status of 404') && deleted.some((id) => line.includes(`/${id}`))
}

function noteProblems(page: Page, problems: string[]): void {
  page.on('console', (message) => {
    if (message.type() === 'error') problems.push(`${message.text()} (${message.location().url})`)
  })
  page.on('pageerror', (err) => problems.push(err.message))
  page.on('requestfailed', (request) => {
    // Who leaves a page, or asks for something else, calls off what is under way.
    const reason = request.failure()?.errorText ?? ''
    if (reason !== 'net::ERR_ABORTED') problems.push(`${reason} (${request.url()})`)
  })
}
