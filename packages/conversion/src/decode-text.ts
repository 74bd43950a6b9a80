import { BodyFault } from './body-fault.ts'

/** @throws {BodyFault} no such charset, or bytes that aren't in it */
export function decodeText(bytes: Uint8Array, charset: string): string {
  const decoder = decoderOf(charset)
  try {
    return decoder.decode(bytes)
  } catch {
    throw new BodyFault(400, `The body is not ${decoder.encoding}.`)
  }
}

/** Null: there is no such charset, or the bytes aren't in it. A mark at the start is kept. */
export function strictText(bytes: Uint8Array, charset: string): string | null {
  try {
    return new TextDecoder(charset, { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    return null
  }
}

export function isCharset(charset: string): boolean {
  return strictText(new Uint8Array(), charset) !== null
}

function decoderOf(charset: string) {
  try {
    return new TextDecoder(charset, { fatal: true })
  } catch {
    throw new BodyFault(415, 'The charset of the body is not known.')
  }
}
