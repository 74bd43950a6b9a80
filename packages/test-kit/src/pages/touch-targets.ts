import type { Page } from 'playwright-core'

const LEAST_PX = 44
const CONTROLS =
  'button, summary, select, textarea, input:not([type=checkbox], [type=radio]), nav a, [role=treeitem]'

/** The controls that can be seen on a page and are lower than a finger needs, by what they are called. */
export async function tooLowForTouch(page: Page): Promise<string[]> {
  return page.evaluate(
    ({ controls, least }) =>
      Array.from(document.querySelectorAll<HTMLElement>(controls)).flatMap((control) => {
        const { height } = control.getBoundingClientRect()
        const isShown = control.checkVisibility({ visibilityProperty: true }) && height > 1
        const name = control.getAttribute('aria-label') ?? control.textContent ?? ''
        return isShown && height < least ? [`${name.trim().slice(0, 40)}: ${height} px`] : []
      }),
    { controls: CONTROLS, least: LEAST_PX },
  )
}
