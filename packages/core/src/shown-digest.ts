import { createHash } from 'node:crypto'

/** Of a plan as it was shown: one that differs by then has another, and is not carried out unseen. */
export function shownDigest(plan: unknown): string {
  return createHash('sha256').update(JSON.stringify(plan)).digest('base64url')
}
