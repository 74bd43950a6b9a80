import type { Page } from 'playwright-core'

const ID_OR_URL = /^(?:[a-z]{2,10}_[0-9A-Za-z]{20,}|https?:\/\/\S+)$/

/** The ids and URLs among a page's facts beside which no button copies them. What is a link leads to where one does. */
export async function notCopyable(page: Page): Promise<string[]> {
  const facts = await page.evaluate(() =>
    Array.from(document.querySelectorAll('dl.facts dd:not(:has(button, a))'), (fact) =>
      (fact.textContent ?? '').trim(),
    ),
  )
  return facts.filter((text) => ID_OR_URL.test(text))
}
