import { isUtf8 } from 'node:buffer'
import { jsonFault } from '@posthorn/conversion'
import type { PayloadForm } from '@posthorn/db'

export interface ReceivedBody {
  readonly payload: string
  readonly form: PayloadForm | null
}

/**
 * The body so that a text column holds it, and every byte comes back: JSON objects and text as they are.
 * `isParsed`: it is known to be JSON.
 */
export function holdBody(bytes: Buffer, isParsed = false): ReceivedBody {
  const text = textOf(bytes)
  if (text === null) return { payload: bytes.toString('base64'), form: 'base64' }
  const isObject = opensObject(text) && (isParsed || isJson(text))
  return { payload: text, form: isObject ? null : 'text' }
}

/** Null: it is no UTF-8, or holds a NUL, which no column of text does. */
export function textOf(bytes: Buffer): string | null {
  return bytes.includes(0) || !isUtf8(bytes) ? null : bytes.toString('utf8')
}

const MAX_BUILT_CHARS = 1_000_000

/** Of JSON: whether it is an object. */
export function opensObject(text: string): boolean {
  return /^[ \t\r\n]*\{/.test(text)
}

function isJson(text: string): boolean {
  // Millions of values would take hundreds of megabytes, were they built.
  if (text.length > MAX_BUILT_CHARS) return jsonFault(text) === null
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}

const UNKNOWN_TYPE = 'application/octet-stream'
const PLAIN_TYPE = /^[\x20-\x7e]{1,255}$/

/** What receivers are told the body is: what the sender said, as far as a header may repeat it. */
export function contentTypeOf(header: string | undefined, body: ReceivedBody): string {
  if (header !== undefined && PLAIN_TYPE.test(header.trim())) return header.trim()
  return body.form === null ? 'application/json' : UNKNOWN_TYPE
}
