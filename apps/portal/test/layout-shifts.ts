import type { Page } from 'playwright-core'

/** Of the viewport, as browsers weigh it. */
export const MOST_SHIFT = 0.02

/** Before the page is loaded: what moves on it without anybody's having done something is kept from its beginning. */
export async function watchShifts(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const shifts: number[] = []
    Reflect.set(globalThis, 'shifts', shifts)
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries())
        if (Reflect.get(entry, 'hadRecentInput') === false)
          shifts.push(Number(Reflect.get(entry, 'value')))
    }).observe({ type: 'layout-shift', buffered: true })
  })
}

export async function shiftOf(page: Page): Promise<number> {
  return page.evaluate(() => {
    const shifts: unknown = Reflect.get(globalThis, 'shifts')
    return Array.isArray(shifts) ? shifts.reduce((sum, value) => sum + Number(value), 0) : 1
  })
}
