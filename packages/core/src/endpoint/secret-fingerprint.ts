import { createHash } from 'node:crypto'

/** Tells secrets apart without telling them: the beginning of the SHA-256 of the written form. */
export function fingerprintOf(secret: string): string {
  return createHash('sha256').update(secret).digest('hex').slice(0, 8)
}
