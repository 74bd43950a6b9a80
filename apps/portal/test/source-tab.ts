import type { Page } from 'playwright-core'

/** One of the parts of a source that is open. */
export function openSourceTab(page: Page, name: string): Promise<void> {
  return page
    .getByRole('navigation', { name: 'Parts of the source' })
    .getByRole('link', { name })
    .click()
}
