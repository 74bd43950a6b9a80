import { runInNewContext } from 'node:vm'
import type { Page } from 'playwright-core'
import { expect } from 'vitest'

/**
 * A language that nobody speaks: the German texts in brackets, with accents and longer. What a page shows outside of
 * brackets is no text of the catalogue; what needs more room than German has it.
 */
const [OPEN, CLOSE] = ['⟦', '⟧']
const ACCENTS: Readonly<Record<string, string>> = {
  a: 'á',
  c: 'ç',
  e: 'é',
  i: 'í',
  n: 'ñ',
  o: 'ó',
  s: 'š',
  u: 'ú',
  A: 'Á',
  E: 'É',
  O: 'Ó',
  U: 'Ú',
}
const VOWEL = /[aeiou]/
const NARROW = { width: 320, height: 800 }
const WIDE = { width: 1280, height: 900 }

/** Whoever opens German on this page from now on gets that language. */
export async function speakPseudo(page: Page): Promise<void> {
  await page.route(/\/assets\/de-[^/]*\.js$/, async (route) => {
    const response = await route.fetch()
    const texts = Object.entries(catalogueOf(await response.text()))
    const pseudo = Object.fromEntries(texts.map(([key, text]) => [key, pseudoText(String(text))]))
    await route.fulfill({ response, body: `export default ${JSON.stringify(pseudo)}` })
  })
}

/** The default export of a built chunk that imports nothing. */
function catalogueOf(code: string): object {
  // The last: a text may have the word, too.
  const end = code.lastIndexOf('export')
  const name = /([\w$]+) as default/.exec(code.slice(end))?.[1] ?? ''
  return Object(runInNewContext(`${code.slice(0, end)};${name}`))
}

/** Places and the names of plural forms stay: text stands between an even number of braces. */
function pseudoText(text: string): string {
  let depth = 0
  let shown = ''
  for (const letter of text) {
    if (letter === '{') depth++
    const isText = depth % 2 === 0
    const accented = ACCENTS[letter] ?? letter
    const isLonger = isText && VOWEL.test(letter) && shown.length % 3 === 0
    shown += isText ? accented + (isLonger ? accented : '') : letter
    if (letter === '}') depth--
  }
  return OPEN + shown + CLOSE
}

// Names, which are the same in every language, and what `Intl` writes.
const KNOWN = [
  /English|Deutsch|UTC|webhook-(id|timestamp|signature)|content-type|user-agent|https?:\S*/g,
  /\d\. (Jan|Feb|März|Apr|Mai|Juni?|Juli?|Aug|Sept?|Okt|Nov|Dez)\.?/g,
  /\b\d[\d.,]*\s?(ms|MB|GB|kB|B|Sek\.?|Min\.?|Std\.?|Sekunden?|Minuten?|Stunden?|Tage?|%)/g,
]

export interface PseudoPage {
  /** How it is called where something is wrong with it. */
  readonly what: string
  /** Its names, which are no words of ours. */
  readonly names: readonly RegExp[]
}

/** Every word is of the catalogue, and at 320 px every text is whole and nothing scrolls sideways. */
export async function expectWholePseudo(page: Page, { what, names }: PseudoPage): Promise<void> {
  const foreign = await untranslated(page, [...names, ...KNOWN])
  expect(foreign, `no text of the catalogue on ${what}`).toEqual([])
  await page.setViewportSize(NARROW)
  const width = await page.evaluate(() => document.documentElement.scrollWidth)
  const cut = await cutOff(page)
  await page.setViewportSize(WIDE)
  expect(width, `width of ${what} at 320 px`).toBeLessThanOrEqual(NARROW.width)
  expect(cut, `cut off on ${what} at 320 px`).toEqual([])
}

/** The words of a page, those that only a reader of the screen hears included, that no catalogue has. */
async function untranslated(page: Page, known: readonly RegExp[]): Promise<string[]> {
  const texts = await page.evaluate(shownTexts)
  return texts.filter((text) => {
    const rest = known.reduce((left, one) => left.replaceAll(one, ' '), outsideBrackets(text))
    return /\p{L}{2}/u.test(rest)
  })
}

function outsideBrackets(text: string): string {
  let depth = 0
  let outside = ''
  for (const letter of text) {
    if (letter === OPEN) depth++
    else if (letter === CLOSE) depth--
    else if (depth === 0) outside += letter
  }
  return outside
}

// Runs in the page. What strangers sent, code, times and ids aren't words of ours.
function shownTexts(): string[] {
  const NOT_OURS = 'script, style, noscript, code, pre, time, textarea, .mono'
  const NAMES = ['aria-label', 'title', 'placeholder', 'alt'] as const
  const texts: string[] = [document.title]
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
  while (walker.nextNode()) {
    const parent = walker.currentNode.parentElement
    if (parent === null || parent.closest(NOT_OURS) !== null) continue
    texts.push((walker.currentNode.textContent ?? '').trim())
  }
  for (const element of document.body.querySelectorAll(NAMES.map((name) => `[${name}]`).join())) {
    if (element.closest(NOT_OURS) !== null) continue
    for (const name of NAMES) texts.push(element.getAttribute(name) ?? '')
  }
  return [...new Set(texts)].filter((text) => text !== '')
}

/** The texts that aren't wholly to be seen, and can't be scrolled to either. */
function cutOff(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const clips = (element: Element) => getComputedStyle(element).overflowX
    const isCut = (rect: DOMRect, from: Element | null): boolean => {
      for (let element = from; element !== null; element = element.parentElement) {
        const overflow = clips(element)
        if (overflow === 'auto' || overflow === 'scroll') return false
        const box = element.getBoundingClientRect()
        if (overflow !== 'visible' && box.width > 1 && rect.right > box.right + 1) return true
        if (overflow !== 'visible' && box.width <= 1) return false
      }
      return rect.right > innerWidth + 1 || rect.left < -1
    }
    const cut: string[] = []
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
    while (walker.nextNode()) {
      const { currentNode: node } = walker
      const parent = node.parentElement
      const isShown = parent?.checkVisibility() === true && (node.textContent ?? '').trim() !== ''
      // It comes into view with the focus.
      if (parent === null || !isShown || parent.closest('.skip-link') !== null) continue
      const range = document.createRange()
      range.selectNodeContents(node)
      if ([...range.getClientRects()].some((rect) => isCut(rect, parent)))
        cut.push((node.textContent ?? '').trim())
    }
    return cut
  })
}
