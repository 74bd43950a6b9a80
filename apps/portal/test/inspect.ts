import { mkdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { expect } from 'vitest'

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const PICTURES = process.env['POSTHORN_SCREENSHOTS']

/** Axe in light and dark, no sideways scroll at 320 px, and a picture when asked for. */
export async function inspect(page: Page, name: string): Promise<void> {
  for (const theme of ['light', 'dark']) {
    await page.evaluate((chosen) => (document.documentElement.dataset['theme'] = chosen), theme)
    expect(await violations(page), `axe on ${name}, ${theme}`).toEqual([])
    await takePicture(page, `portal-${name}-${theme}`)
  }
  await page.evaluate(() => (document.documentElement.dataset['theme'] = 'light'))
  await page.setViewportSize({ width: 320, height: 800 })
  const width = await page.evaluate(() => document.documentElement.scrollWidth)
  await takePicture(page, `portal-${name}-narrow`)
  await page.setViewportSize({ width: 1280, height: 900 })
  expect(width, `width of ${name} at 320 px`).toBeLessThanOrEqual(320)
}

// Evaluated, not added as a script: the page's policy refuses scripts that aren't its own.
async function violations(page: Page): Promise<string[]> {
  await page.evaluate(AXE)
  return page.evaluate(
    `axe.run().then((result) => result.violations.flatMap(({ id, nodes }) => nodes.map((node) => id + ': ' + node.html + (node.any[0]?.message ?? ''))))`,
  )
}

async function takePicture(page: Page, name: string): Promise<void> {
  if (PICTURES === undefined) return
  mkdirSync(PICTURES, { recursive: true })
  await page.screenshot({ path: join(PICTURES, `${name}.png`) })
}
