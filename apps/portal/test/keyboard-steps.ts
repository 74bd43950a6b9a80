import type { Page } from 'playwright-core'
import { expect } from 'vitest'

const MOST_STEPS = 200

/** What has the focus, by the name that it is known by, and whether it can be seen that it has it. */
function focused(): { name: string; isVisible: boolean } {
  const element = document.activeElement
  if (!(element instanceof HTMLElement) || element === document.body)
    return { name: '', isVisible: true }
  const labels = 'labels' in element && element.labels instanceof NodeList ? element.labels : []
  const label = [...labels].map((part) => part.textContent ?? '').join(' ')
  const named = element.getAttribute('aria-label') ?? (label === '' ? element.textContent : label)
  const name = (named ?? '').replaceAll(/\s+/g, ' ').trim()
  const { outlineStyle, outlineWidth } = getComputedStyle(element)
  return { name, isVisible: outlineStyle !== 'none' && outlineWidth !== '0px' }
}

/** Goes on by Tab until what is named so has the focus, which must be seen on everything on the way. */
export async function tabTo(page: Page, name: string | RegExp): Promise<void> {
  const passed: string[] = []
  for (let step = 0; step < MOST_STEPS; step++) {
    await page.keyboard.press('Tab')
    const now = await page.evaluate(focused)
    passed.push(now.name)
    expect(now.isVisible, `the focus on ${now.name}`).toBe(true)
    if (typeof name === 'string' ? now.name === name : name.test(now.name)) return
  }
  throw new Error(`Tab never came to ${String(name)}; it passed ${passed.join(' | ')}`)
}

export async function tabAndEnter(page: Page, name: string | RegExp): Promise<void> {
  await tabTo(page, name)
  await page.keyboard.press('Enter')
}
