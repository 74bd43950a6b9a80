import type { ApiKeyOut } from '@posthorn/contracts'

const DAY_MS = 86_400_000
const UNUSED_DAYS = 90

type Key = Pick<ApiKeyOut, 'createdAt' | 'expiresAt' | 'revokedAt' | 'lastUsedAt'>

export function isInForce({ revokedAt, expiresAt }: Key, nowMs: number): boolean {
  return revokedAt === null && (expiresAt === null || Date.parse(expiresAt) > nowMs)
}

/** In force, but not taken for a quarter of a year: nobody may miss it, and whoever finds it can use it. */
export function isLeftOver(key: Key, nowMs: number): boolean {
  const lastMs = Date.parse(key.lastUsedAt ?? key.createdAt)
  return isInForce(key, nowMs) && nowMs - lastMs > UNUSED_DAYS * DAY_MS
}
