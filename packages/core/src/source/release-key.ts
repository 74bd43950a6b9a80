import { hash } from 'node:crypto'
import { MAX_QUARANTINE_DAYS } from './quarantine-limits.ts'

interface ReleaseKey {
  readonly key: Uint8Array | null
  readonly keySeconds: number
  readonly reason: 'released' | null
}

const NOT_RELEASED: ReleaseKey = { key: null, keySeconds: 0, reason: null }

/** What makes a request that is released twice one message: as long as it can be released again. */
export function releaseKey(releasedId: string | undefined): ReleaseKey {
  if (releasedId === undefined) return NOT_RELEASED
  return {
    key: hash('sha256', `released ${releasedId}`, 'buffer'),
    keySeconds: MAX_QUARANTINE_DAYS * 86_400,
    reason: 'released',
  }
}
