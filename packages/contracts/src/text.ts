import * as z from 'zod'

const CONTROL = /\p{Cc}/u
const CONTROL_IN_PROSE = /(?![\t\n\r])\p{Cc}/u

// Postgres refuses NUL, and a lone surrogate cannot become UTF-8 without turning into U+FFFD.
const UNSTORABLE = 'Must not contain control characters or lone surrogates'

/** One line: names, labels. */
export function lineText(maxLength: number): z.ZodString {
  return z.string().max(maxLength).refine(isLine, UNSTORABLE)
}

/** Several lines: descriptions. Tabs and line breaks are allowed. */
export function proseText(maxLength: number): z.ZodString {
  return z.string().max(maxLength).refine(isProse, UNSTORABLE)
}

export function isLine(text: string): boolean {
  return text.isWellFormed() && !CONTROL.test(text)
}

function isProse(text: string): boolean {
  return text.isWellFormed() && !CONTROL_IN_PROSE.test(text)
}

/** No string anywhere in a JSON value that the database would refuse. Depth is bounded by the body's parser. */
export function isStorableJson(value: unknown): boolean {
  if (typeof value === 'string') return value.isWellFormed() && !value.includes('\0')
  if (Array.isArray(value)) return value.every(isStorableJson)
  if (typeof value !== 'object' || value === null) return true
  return Object.entries(value).every(([key, item]) => isStorableJson(key) && isStorableJson(item))
}

/** The size of a value as JSON text in UTF-8. */
export function jsonBytes(value: unknown): number {
  return new TextEncoder().encode(JSON.stringify(value)).length
}
