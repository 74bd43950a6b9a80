import { createHmac } from 'node:crypto'
import { decodeBytes, type Encoding, sameBytes } from '../encoded-bytes.ts'
import { type Proof, proven, refuse } from '../verification.ts'

export interface HmacClaim {
  algorithm: 'sha1' | 'sha256' | 'sha512'
  encoding: Encoding
  signature: string
  keys: ReadonlyArray<string | Buffer>
  /** Any of these may be what was signed. */
  contents: ReadonlyArray<string | Uint8Array>
}

/** Whether a live key makes that signature over one of the contents. */
export function proveHmac({ algorithm, encoding, signature, keys, contents }: HmacClaim): Proof {
  const given = decodeBytes(signature, encoding)
  if (given === undefined) return refuse('malformed_signature', `The signature isn't ${encoding}.`)
  const matches = keys.some((key) =>
    contents.some((content) =>
      sameBytes(createHmac(algorithm, key).update(content).digest(), given),
    ),
  )
  return matches ? proven : refuse('wrong_signature', 'No live secret makes this signature.')
}
