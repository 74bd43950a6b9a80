import { existsSync } from 'node:fs'
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core'
import { expect } from 'vitest'
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
  /** What the test that says so forces, or any where none has begun; another problem is thrown when the browser is closed. */
  readonly expectProblem: (pattern: RegExp) => void
  readonly newPage: (options?: BrowserContextOptions) => Promise<Page>
}

export async function openBrowser(): Promise<PageBrowser> {
  if (CHROMIUM === undefined) throw new Error(NO_BROWSER)
  const args = process.getuid?.() === 0 ? ['--no-sandbox'] : []
  const browser = await chromium.launch({ executablePath: CHROMIUM, args })
  const problems: string[] = []
  const noted: Noted[] = []
  const expected: Expected[] = []
  const deleted: string[] = []
  return {
    browser,
    problems,
    expectProblem: (pattern) => expected.push({ pattern, test: runningTest() }),
    async newPage(options = {}) {
      const page = await browser.newPage({ ...SIZE, ...options })
      page.setDefaultTimeout(60_000)
      noteProblems(page, (line) => {
        problems.push(line)
        noted.push({ line, test: runningTest() })
      })
      noteDeleted(page, deleted)
      return page
    },
    async [Symbol.asyncDispose]() {
      const unforced = noted.filter(
        (one) => !isForced(one, expected) && !isOfDeleted(one.line, deleted),
      )
      await browser.close()
      const said = unforced.map(({ line, test }) => `${line}\n  in: ${test ?? 'no test'}`)
      if (said.length > 0)
        throw new Error(`The pages had problems that no test forces:\n${said.join('\n')}`)
    },
  }
}

interface Noted {
  readonly line: string
  readonly test: string | undefined
}

interface Expected {
  readonly pattern: RegExp
  readonly test: string | undefined
}

/** Its name; that of the one before where none runs, so that what comes late is of who caused it. */
function runningTest(): string | undefined {
  return expect.getState().currentTestName
}

function isForced({ line, test }: Noted, expected: readonly Expected[]): boolean {
  return expected.some(
    (one) => (one.test === undefined || one.test === test) && one.pattern.test(line),
  )
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

function noteProblems(page: Page, note: (line: string) => void): void {
  page.on('console', (message) => {
    if (message.type() === 'error') note(`${message.text()} (${message.location().url})`)
  })
  page.on('pageerror', (err) => note(err.message))
  page.on('requestfailed', (request) => {
    // Who leaves a page, or asks for something else, calls off what is under way.
    const reason = request.failure()?.errorText ?? ''
    if (reason !== 'net::ERR_ABORTED') note(`${reason} (${request.url()})`)
  })
}
