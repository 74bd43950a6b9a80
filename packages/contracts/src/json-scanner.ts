/*
 * Checks JSON without building it, so that a payload is proved valid in one pass and kept as text. Accepts
 * exactly what `JSON.parse` accepts, up to `MAX_JSON_DEPTH` levels. Each `skip…` takes the index where its
 * token begins and returns the index after it: plain indices keep the hot path free of allocation.
 */

/** JSON that cannot be read, or is nested too deep. */
export class JsonScanError extends Error {
  override name = 'JsonScanError'
  readonly kind: 'malformed' | 'too_deep'
  /** The character at fault, from 0. */
  readonly at: number
  /** The top-level key whose value is at fault. */
  key: string | undefined

  constructor(kind: 'malformed' | 'too_deep', at: number) {
    super(kind === 'malformed' ? `Malformed JSON at character ${at}` : 'Nested too deep')
    this.kind = kind
    this.at = at
  }
}

export interface JsonMember {
  key: string
  /** Where the value's text begins and ends. */
  start: number
  end: number
}

/** How deep a body may be nested, the body itself included. */
export const MAX_JSON_DEPTH = 200

const QUOTE = 0x22
const BACKSLASH = 0x5c
const COMMA = 0x2c
const COLON = 0x3a
const OPEN_BRACE = 0x7b
const CLOSE_BRACE = 0x7d
const OPEN_BRACKET = 0x5b
const CLOSE_BRACKET = 0x5d
const MINUS = 0x2d
const POINT = 0x2e
const ZERO = 0x30
const LETTER_U = 0x75
const SPACE = 0x20

const SIMPLE_ESCAPES = new Set(Array.from('"\\/bfnrt', (character) => character.charCodeAt(0)))

/** The members of the one object that the text must be, in order, duplicates included; of these names alone, if any. */
export function scanMembers(text: string, names?: ReadonlySet<string>): JsonMember[] {
  const members: JsonMember[] = []
  let at = skipSpace(text, expect(text, skipSpace(text, 0), OPEN_BRACE))
  if (text.charCodeAt(at) === CLOSE_BRACE) at++
  else {
    do {
      const member = scanMember(text, skipSpace(text, at))
      if (names === undefined || names.has(member.key)) members.push(member)
      at = skipSpace(text, member.end) + 1
    } while (text.charCodeAt(at - 1) === COMMA)
    expect(text, at - 1, CLOSE_BRACE)
  }
  at = skipSpace(text, at)
  return at === text.length ? members : fail(at)
}

/** @throws {JsonScanError} the text is no JSON value, or is nested too deep */
export function checkJson(text: string): void {
  const end = skipSpace(text, skipValue(text, skipSpace(text, 0), 1))
  if (end !== text.length) fail(end)
}

function scanMember(text: string, at: number): JsonMember {
  const keyEnd = skipString(text, at)
  const key = decodeKey(text.slice(at, keyEnd))
  const start = skipSpace(text, expect(text, skipSpace(text, keyEnd), COLON))
  try {
    return { key, start, end: skipValue(text, start, 1) }
  } catch (err) {
    if (err instanceof JsonScanError) err.key = key
    throw err
  }
}

function skipValue(text: string, at: number, depth: number): number {
  const code = text.charCodeAt(at)
  if (code === QUOTE) return skipString(text, at)
  if (code === OPEN_BRACE) return skipObject(text, at, depth + 1)
  if (code === OPEN_BRACKET) return skipArray(text, at, depth + 1)
  if (code === MINUS || isDigit(code)) return skipNumber(text, at)
  return skipLiteral(text, at)
}

function skipObject(text: string, open: number, depth: number): number {
  let at = skipSpace(text, enter(open, depth))
  if (text.charCodeAt(at) === CLOSE_BRACE) return at + 1
  for (;;) {
    at = skipString(text, skipSpace(text, at))
    at = skipSpace(text, expect(text, skipSpace(text, at), COLON))
    at = skipSpace(text, skipValue(text, at, depth))
    if (text.charCodeAt(at) !== COMMA) return expect(text, at, CLOSE_BRACE)
    at++
  }
}

function skipArray(text: string, open: number, depth: number): number {
  let at = skipSpace(text, enter(open, depth))
  if (text.charCodeAt(at) === CLOSE_BRACKET) return at + 1
  for (;;) {
    at = skipSpace(text, skipValue(text, skipSpace(text, at), depth))
    if (text.charCodeAt(at) !== COMMA) return expect(text, at, CLOSE_BRACKET)
    at++
  }
}

function enter(open: number, depth: number): number {
  if (depth > MAX_JSON_DEPTH) throw new JsonScanError('too_deep', open)
  return open + 1
}

// All but control characters, the quote and the backslash. Character by character is quickest for short
// strings, and four times slower than this for long ones.
const PLAIN_RUN = /[ !#-[\]-\uffff]*/y
const LONG_STRING = 32

function skipPlainRun(text: string, at: number): number {
  PLAIN_RUN.lastIndex = at
  PLAIN_RUN.test(text)
  return PLAIN_RUN.lastIndex
}

function skipString(text: string, open: number): number {
  const start = expect(text, open, QUOTE)
  let at = start
  for (;;) {
    if (at - start >= LONG_STRING) at = skipPlainRun(text, at)
    const code = text.charCodeAt(at)
    if (code === QUOTE) return at + 1
    if (code === BACKSLASH) at = skipEscape(text, at)
    // Past the end the code is NaN, which is not >= anything.
    else if (code >= SPACE) at++
    else return fail(at)
  }
}

function skipEscape(text: string, at: number): number {
  const code = text.charCodeAt(at + 1)
  if (SIMPLE_ESCAPES.has(code)) return at + 2
  if (code !== LETTER_U) return fail(at)
  for (let digit = at + 2; digit < at + 6; digit++) {
    if (!isHexDigit(text.charCodeAt(digit))) return fail(digit)
  }
  return at + 6
}

function skipNumber(text: string, start: number): number {
  let at = text.charCodeAt(start) === MINUS ? start + 1 : start
  at = text.charCodeAt(at) === ZERO ? at + 1 : skipDigits(text, at)
  if (text.charCodeAt(at) === POINT) at = skipDigits(text, at + 1)
  const code = text.charCodeAt(at)
  if (code !== 0x65 && code !== 0x45) return at
  const sign = text.charCodeAt(at + 1)
  return skipDigits(text, sign === 0x2b || sign === MINUS ? at + 2 : at + 1)
}

function skipDigits(text: string, start: number): number {
  let at = start
  while (isDigit(text.charCodeAt(at))) at++
  return at === start ? fail(at) : at
}

function skipLiteral(text: string, at: number): number {
  if (text.startsWith('true', at) || text.startsWith('null', at)) return at + 4
  return text.startsWith('false', at) ? at + 5 : fail(at)
}

function skipSpace(text: string, start: number): number {
  let at = start
  while (isSpace(text.charCodeAt(at))) at++
  return at
}

function expect(text: string, at: number, code: number): number {
  return text.charCodeAt(at) === code ? at + 1 : fail(at)
}

function fail(at: number): never {
  throw new JsonScanError('malformed', at)
}

function isSpace(code: number): boolean {
  return code === SPACE || code === 0x0a || code === 0x0d || code === 0x09
}

function isDigit(code: number): boolean {
  return code >= ZERO && code <= 0x39
}

function isHexDigit(code: number): boolean {
  const lower = code | 0x20
  return isDigit(code) || (lower >= 0x61 && lower <= 0x66)
}

function decodeKey(quoted: string): string {
  return quoted.includes('\\') ? String(JSON.parse(quoted)) : quoted.slice(1, -1)
}
