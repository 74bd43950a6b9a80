import { isUtf8 } from 'node:buffer'

export interface DecodedBody {
  body: string
  bodyEncoding: 'utf8' | 'base64'
}

/** Text where the bytes are text that a database can hold, else base64. `isCut`: the end is missing. */
export function decodeBody(bytes: Buffer, isCut: boolean): DecodedBody {
  if (bytes.length === 0) return { body: '', bodyEncoding: 'utf8' }
  const whole = isCut ? withoutCutCharacter(bytes) : bytes
  // Postgres text takes no NUL.
  return isUtf8(whole) && !whole.includes(0)
    ? { body: whole.toString('utf8'), bodyEncoding: 'utf8' }
    : { body: bytes.toString('base64'), bodyEncoding: 'base64' }
}

// A UTF-8 character has at most four bytes: its first one is among the last three if it was cut.
function withoutCutCharacter(bytes: Buffer): Buffer {
  for (let back = 1; back <= Math.min(3, bytes.length); back++) {
    const byte = bytes[bytes.length - back] ?? 0
    if (byte >= 0xc0) return characterLength(byte) > back ? bytes.subarray(0, -back) : bytes
    if (byte < 0x80) return bytes
  }
  return bytes
}

function characterLength(firstByte: number): number {
  if (firstByte >= 0xf0) return 4
  return firstByte >= 0xe0 ? 3 : 2
}
