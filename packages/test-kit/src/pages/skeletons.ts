import type { Page } from 'playwright-core'

/** Until nothing of the page stands in for what is still looked for. */
export async function nothingLoads(page: Page): Promise<void> {
  await page.waitForFunction(() => document.querySelector('.skeleton') === null)
}

/** Looks at each section twice, and answers the paths of those where something stood in for it the second time. */
export async function loadedTwice(page: Page): Promise<string[]> {
  const links = page.getByRole('navigation', { name: 'Sections' }).getByRole('link')
  await links.first().waitFor()
  const lookAtEach = async () => {
    for (const link of await links.all()) {
      await link.click()
      await page.getByRole('heading', { level: 1 }).waitFor()
      await nothingLoads(page)
    }
  }
  await lookAtEach()
  await noteSkeletons(page)
  await lookAtEach()
  return notedSkeletons(page)
}

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
