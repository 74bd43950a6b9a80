import { randomBytes } from 'node:crypto'
import type { HttpAnswer } from '../http/send.ts'
import de from './text/de.json' with { type: 'json' }
import en from './text/en.json' with { type: 'json' }

export type PageLanguage = 'en' | 'de'

/** What a link's page says: the state of things in words, and what can be done. */
export interface NoticePage {
  readonly status: number
  readonly language: PageLanguage
  readonly body: string
}

export type PageWord = keyof typeof en

const WORDS = { en, de }
const NONCE_BYTES = 16

/** As text of HTML. */
export function say(
  language: PageLanguage,
  word: PageWord,
  values: Readonly<Record<string, string>> = {},
): string {
  const text = WORDS[language][word]
  return escapeHtml(text.replaceAll(/\{(\w+)\}/g, (_, name: string) => values[name] ?? '?'))
}

function escapeHtml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
}

/** A page without scripts: it opens in whatever shows a mail's links. */
export function answerPage({ status, language, body }: NoticePage): HttpAnswer {
  const nonce = randomBytes(NONCE_BYTES).toString('base64')
  const title = say(language, 'title')
  const html = `<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>${title}</title>
<style nonce="${nonce}">${STYLE}</style>
</head>
<body><main><h1>${title}</h1>${body}</main></body>
</html>
`
  return { status, json: null, bytes: Buffer.from(html), headers: headersWith(nonce) }
}

function headersWith(nonce: string): Record<string, string> {
  return {
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy': `default-src 'none'; style-src 'nonce-${nonce}'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'`,
    // The address of the page is a secret; a form sent from it has to be known as ours.
    'referrer-policy': 'same-origin',
    'x-robots-tag': 'noindex',
  }
}

const STYLE = `
:root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif;
  --ink: light-dark(#17202b, #e8edf3); --line: light-dark(#808c9a, #75859a);
  --page: light-dark(#f5f7f9, #10161d); --surface: light-dark(#fff, #18202a);
  --accent: light-dark(#1f4fbf, #8db2ff); --accent-ink: light-dark(#fff, #0d1830) }
body { margin: 0; padding: 24px 16px; color: var(--ink); background: var(--page) }
main { max-width: 32rem; margin: 0 auto; padding: 24px; border-radius: 8px; background: var(--surface); overflow-wrap: anywhere }
h1 { margin: 0 0 16px; font-size: 1.25rem }
form { display: inline-block; margin: 8px 8px 0 0 }
button { font: inherit; padding: 8px 16px; border: 1px solid var(--line); border-radius: 5px; color: inherit; background: none; cursor: pointer }
button.primary { border-color: var(--accent); color: var(--accent-ink); background: var(--accent) }
@media (forced-colors: active) { button.primary { color: ButtonText } }
button:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px }
`
