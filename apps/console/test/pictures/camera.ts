import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { nothingLoads } from '@posthorn/test-kit/pages'
import type { Page } from 'playwright-core'

export type Look = 'light' | 'dark' | 'narrow'

/** The chief screens. */
export const EACH: readonly Look[] = ['light', 'dark', 'narrow']
export const BOTH: readonly Look[] = ['light', 'narrow']

const WIDE = { width: 1280, height: 900 }
const NARROW = { width: 320, height: 800 }
// What a headless machine calls its system's font is nobody's choice.
const FONT = "'Helvetica Neue', Arial, 'Liberation Sans', sans-serif"

export interface Camera {
  /** As the page is once nothing of it loads, in each of the looks; by default in the light, wide. */
  take(page: Page, name: string, looks?: readonly Look[]): Promise<void>
}

/** Pictures as WebP, a third of PNG's size, into a folder; or as PNG, to be looked at. */
export function createCamera(folder: string, format: 'webp' | 'png'): Camera {
  mkdirSync(folder, { recursive: true })
  return {
    async take(page, name, looks = ['light']) {
      await nothingLoads(page)
      for (const look of looks) {
        await show(page, look)
        const session = await page.context().newCDPSession(page)
        const { data } = await session.send('Page.captureScreenshot', {
          format,
          ...(format === 'webp' ? { quality: 80 } : {}),
        })
        await session.detach()
        writeFileSync(join(folder, `${name}-${look}.${format}`), Buffer.from(data, 'base64'))
      }
      await show(page, 'light')
    },
  }
}

async function show(page: Page, look: Look): Promise<void> {
  await page.setViewportSize(look === 'narrow' ? NARROW : WIDE)
  await page.evaluate(
    ({ theme, font }) => {
      document.documentElement.dataset['theme'] = theme
      // What has a theme of its own within the page has a font of its own, too.
      for (const themed of document.querySelectorAll<HTMLElement>('[data-theme]'))
        themed.style.setProperty('--font', font)
    },
    { theme: look === 'dark' ? 'dark' : 'light', font: FONT },
  )
  // Two frames: one lays out, the next paints.
  await page.evaluate(
    () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))),
  )
}
