import type { Page } from 'playwright-core'

/** From now on, until the page is loaded anew: where something stands in for what is still looked for. */
export async function noteSkeletons(page: Page): Promise<void> {
  await page.evaluate(() => {
    document.body.dataset['skeletons'] = ''
    new MutationObserver(() => {
      if (document.querySelector('.skeleton') === null) return
      document.body.dataset['skeletons'] += `${location.pathname} `
    }).observe(document.body, { childList: true, subtree: true })
  })
}

/** The paths of the pages that had one. */
export async function notedSkeletons(page: Page): Promise<string[]> {
  const noted = await page.evaluate(() => document.body.dataset['skeletons'] ?? '')
  return [...new Set(noted.split(' '))].filter((path) => path !== '')
}
