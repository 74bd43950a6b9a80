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

function decoderOf(charset: string) {
  try {
    return new TextDecoder(charset, { fatal: true })
  } catch {
    throw new BodyFault(415, 'The charset of the body is not known.')
  }
}
