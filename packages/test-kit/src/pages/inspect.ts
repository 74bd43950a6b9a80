import { mkdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { accentPair } from '@posthorn/ui/accent'
import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import { PAGE_TEST_CONFIG } from './config.ts'
import { notCopyable } from './not-copyable.ts'

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

const WIDE = { width: 1280, height: 900 }
const NARROW = { width: 320, height: 800 }
interface Picture {
  readonly name: string
  readonly look: 'light' | 'dark' | 'narrow'
}

// An accent that nobody could read as it is.
const ODD_ACCENT = '#ffe000'

export type Inspect = (page: Page, name: string) => Promise<void>

export function createInspect(app: string): {
  /** Axe in light, dark and at 320 px, where nothing scrolls sideways; ids and URLs that can be copied; pictures where a folder is given for them. */
  readonly inspect: Inspect
  /** For what every screen has, as a wait or a dialog: axe once, unless the whole matrix is asked for. */
  readonly inspectBriefly: Inspect
} {
  const { isWholeMatrix } = PAGE_TEST_CONFIG
  return {
    inspect: (page, name) => inspectWholly(page, `${app}-${name}`),
    inspectBriefly: (page, name) =>
      (isWholeMatrix ? inspectWholly : inspectOnce)(page, `${app}-${name}`),
  }
}

async function inspectOnce(page: Page, name: string): Promise<void> {
  expect(await violations(page), `axe on ${name}`).toEqual([])
  await takePicture(page, { name, look: 'light' })
}

async function inspectWholly(page: Page, name: string): Promise<void> {
  expect(await notCopyable(page), `without a button to copy it on ${name}`).toEqual([])
  for (const theme of ['light', 'dark'] as const) {
    await paint(page, theme)
    // The same page: dark differs in its colours alone.
    const rules = theme === 'dark' && !PAGE_TEST_CONFIG.isWholeMatrix ? COLOUR_RULES : ALL_RULES
    expect(await violations(page, rules), `axe on ${name}, ${theme}`).toEqual([])
    await takePicture(page, { name, look: theme })
  }
  await paint(page, 'light')
  await page.setViewportSize(NARROW)
  const width = await page.evaluate(() => document.documentElement.scrollWidth)
  await takePicture(page, { name, look: 'narrow' })
  const whenNarrow = await violations(page)
  if (PAGE_TEST_CONFIG.isWholeMatrix) await inspectRest(page, name)
  // Before it is judged: the tests that go on with this page see it as it was.
  await page.setViewportSize(WIDE)
  expect(width, `width of ${name} at 320 px`).toBeLessThanOrEqual(NARROW.width)
  expect(whenNarrow, `axe on ${name}, light, 320 px`).toEqual([])
}

/** What `npm run test:pages -- --all` adds: axe when narrow and dark, with an odd accent, and in forced colours. */
async function inspectRest(page: Page, name: string): Promise<void> {
  await paint(page, 'dark')
  expect(await violations(page), `axe on ${name}, dark, 320 px`).toEqual([])
  await page.setViewportSize(WIDE)
  for (const theme of ['light', 'dark'] as const) {
    await paint(page, theme)
    const pair = accentPair(ODD_ACCENT, theme)
    await page.evaluate(
      (vars) => {
        for (const [key, value] of Object.entries(vars))
          document.documentElement.style.setProperty(key, value)
      },
      pair === null
        ? {}
        : { '--accent': pair.accent, '--accent-ink': pair.ink, '--accent-soft': pair.soft },
    )
    expect(await violations(page), `axe on ${name}, ${theme}, odd accent`).toEqual([])
  }
  await page.evaluate(() => document.documentElement.removeAttribute('style'))
  await paint(page, 'light')
  await page.emulateMedia({ forcedColors: 'active' })
  const inForcedColours = await violations(page)
  await page.emulateMedia({ forcedColors: 'none' })
  expect(inForcedColours, `axe on ${name}, forced colours`).toEqual([])
}

async function paint(page: Page, theme: 'light' | 'dark'): Promise<void> {
  await page.evaluate((chosen) => (document.documentElement.dataset['theme'] = chosen), theme)
}

// The size of targets is the one rule of WCAG 2.2 AA that axe leaves out unless it is asked for.
const ALL_RULES = { rules: { 'target-size': { enabled: true } } }
const COLOUR_RULES = { runOnly: ['color-contrast', 'link-in-text-block'] }

// Evaluated, not added as a script: the page's policy refuses scripts that aren't its own.
async function violations(page: Page, rules: object = ALL_RULES): Promise<string[]> {
  if (!(await page.evaluate(() => 'axe' in globalThis))) await page.evaluate(AXE)
  return page.evaluate(
    `axe.run(${JSON.stringify({ ...rules, resultTypes: ['violations'] })}).then((result) => result.violations.flatMap(({ id, nodes }) => nodes.map((node) => id + ': ' + node.html + (node.any[0]?.message ?? ''))))`,
  )
}

async function takePicture(page: Page, { name, look }: Picture): Promise<void> {
  const { pictures } = PAGE_TEST_CONFIG
  if (pictures === null) return
  mkdirSync(pictures, { recursive: true })
  await page.screenshot({ path: join(pictures, `${name}-${look}.png`) })
}
