import { describe, expect, it } from 'vitest'
import { waitFor } from '../wait-for.ts'
import { isWithoutBrowser, openBrowser, type PageBrowser } from './browser.ts'

describe.skipIf(isWithoutBrowser())('a problem of a page', () => {
  let browser: PageBrowser
  const say = async (text: string) => {
    browser ??= await openBrowser()
    const page = await browser.newPage()
    await page.evaluate(`console.error(${JSON.stringify(text)})`)
    await waitFor('the problem', () => browser.problems.some((line) => line.includes(text)))
  }

  it('is excused to the test that expects it', async () => {
    await say('forced, as first said')
    browser.expectProblem(/forced/)
  })

  it('and not to the one after it: what closes the browser names both', async () => {
    await say('forced, as then said')
    const closed = await browser[Symbol.asyncDispose]().then(() => null, String)
    expect(closed).toContain('forced, as then said')
    expect(closed).toContain('in: a problem of a page > and not to the one after it')
    expect(closed).not.toContain('as first said')
  })
})
