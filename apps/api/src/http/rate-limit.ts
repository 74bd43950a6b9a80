import { BoundedCache } from '@posthorn/runtime'
import { ApiError } from './api-error.ts'

const MAX_PRINCIPALS = 10_000
const BURST_SECONDS = 2

interface Bucket {
  tokens: number
  atMs: number
}

/** Bounds what one key or token may ask of the management api per second (in this process); publishes aren't counted. */
export function createRateLimit(perSecond: number): (principalId: string) => void {
  const buckets = new BoundedCache<string, Bucket>(MAX_PRINCIPALS)
  const full = perSecond * BURST_SECONDS
  return (principalId) => {
    const nowMs = performance.now()
    const bucket = buckets.get(principalId) ?? { tokens: full, atMs: nowMs }
    bucket.tokens = Math.min(full, bucket.tokens + ((nowMs - bucket.atMs) / 1000) * perSecond)
    bucket.atMs = nowMs
    buckets.set(principalId, bucket)
    if (bucket.tokens < 1) throw tooMany()
    bucket.tokens--
  }
}

function tooMany(): ApiError {
  return new ApiError({
    status: 429,
    code: 'rate_limit_exceeded',
    detail: 'Too many requests: wait for the time that Retry-After says.',
    headers: { 'retry-after': '1' },
  })
}
