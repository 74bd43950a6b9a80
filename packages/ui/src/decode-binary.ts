import { base64Bytes } from './base64-bytes.ts'

const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/
// As "answered", "NotFound" or "/healthz", which are letters of Base64 all the same.
const WORDS = /^(?:\/?[A-Z]?[a-z]{2,}(?:[A-Z/+][a-z]{2,})*|[A-Z]+)\d{0,4}$/

/**
 * The readable part of a body that the api gave in Base64, which it does when the bytes are no text; null for a
 * body that is text, words among them. What else happens to be the Base64 of such bytes is taken for them: Copy
 * gives it as it came.
 */
export function decodeBinary(body: string): string | null {
  if (body === '' || WORDS.test(body) || !BASE64.test(body)) return null
  const bytes = base64Bytes(body)
  return isText(bytes) ? null : new TextDecoder().decode(bytes)
}

function isText(bytes: Uint8Array): boolean {
  if (bytes.includes(0)) return false
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes)
    return true
  } catch {
    return false
  }
}
