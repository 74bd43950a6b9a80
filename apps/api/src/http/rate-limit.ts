import { BoundedCache } from '@posthorn/runtime'
import { ApiError } from './api-error.ts'

const MAX_BUCKETS = 10_000
const BURST_SECONDS = 2
const EXAMPLES_A_MINUTE = 20

interface Bucket {
  tokens: number
  atMs: number
}

/** Bounds what one key or token may ask of the management api per second (in this process); publishes aren't counted. */
export function createRateLimit(perSecond: number): (principalId: string) => void {
  return createBuckets({ perSecond, burst: perSecond * BURST_SECONDS })
}

/** Bounds the examples sent to one endpoint (by this process). */
export function createExampleLimit(): (endpointId: string) => void {
  return createBuckets({ perSecond: EXAMPLES_A_MINUTE / 60, burst: EXAMPLES_A_MINUTE })
}

interface BucketSize {
  readonly perSecond: number
  readonly burst: number
}

function createBuckets({ perSecond, burst }: BucketSize): (id: string) => void {
  const buckets = new BoundedCache<string, Bucket>(MAX_BUCKETS)
  return (id) => {
    const nowMs = performance.now()
    const bucket = buckets.get(id) ?? { tokens: burst, atMs: nowMs }
    bucket.tokens = Math.min(burst, bucket.tokens + ((nowMs - bucket.atMs) / 1000) * perSecond)
    bucket.atMs = nowMs
    buckets.set(id, bucket)
    if (bucket.tokens < 1) throw tooMany(Math.ceil((1 - bucket.tokens) / perSecond))
    bucket.tokens--
  }
}

function tooMany(waitSeconds: number): ApiError {
  return new ApiError({
    status: 429,
    code: 'rate_limit_exceeded',
    detail: 'Too many requests: wait for the time that Retry-After says.',
    headers: { 'retry-after': String(waitSeconds) },
  })
}
