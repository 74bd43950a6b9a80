import { Fragment } from 'react'

// Control and format characters (bidi among them) but tab and line feed, separators, lone surrogates.
const ODD = /(?![\t\n])[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\ufffd]/u
const SPLIT = new RegExp(`(${ODD.source})`, 'u')

export interface TextPart {
  readonly text: string
  readonly isOdd: boolean
}

/** Splits off the characters that can't be seen or that turn what is around them, named by their code point. */
export function visibleParts(text: string): TextPart[] {
  if (!ODD.test(text)) return text === '' ? [] : [{ text, isOdd: false }]
  return text
    .split(SPLIT)
    .filter((part) => part !== '')
    .map((part) =>
      ODD.test(part) ? { text: codePoint(part), isOdd: true } : { text: part, isOdd: false },
    )
}

function codePoint(character: string): string {
  const code = character.codePointAt(0) ?? 0
  return `U+${code.toString(16).toUpperCase().padStart(4, '0')}`
}

/** A stranger's text: text nodes only, each invisible character in a box of its own, direction kept inside. */
export function VisibleText({ text }: { readonly text: string }) {
  return (
    <bdi>
      {visibleParts(text).map((part, index) =>
        part.isOdd ? (
          <span className="odd-character" key={index}>
            {part.text}
          </span>
        ) : (
          <Fragment key={index}>{part.text}</Fragment>
        ),
      )}
    </bdi>
  )
}
