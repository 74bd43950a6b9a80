const MAX_SECONDS = 86_400

/**
 * Seconds that a `Retry-After` header asks for: a number of seconds or an HTTP date (RFC 9110 10.2.3), at
 * most 24 hours. Null when it is missing or can't be read.
 */
export function retryAfterSeconds(value: string | undefined, nowMs: number): number | null {
  if (value === undefined) return null
  const text = value.trim()
  if (/^\d{1,9}(\.\d+)?$/.test(text)) return Math.min(Math.ceil(Number(text)), MAX_SECONDS)
  const atMs = Date.parse(text)
  if (Number.isNaN(atMs)) return null
  return Math.min(Math.max(Math.ceil((atMs - nowMs) / 1000), 0), MAX_SECONDS)
}
