import type { WriteLog } from './logger.ts'

const MIN_GAP_MS = 1_000

/**
 * The same, with one line a second at most of each name and `what`: a store that is away fails every loop
 * many times a second, and takes all idle connections with it.
 */
export function seldom(write: WriteLog): WriteLog {
  const lastAtMs = new Map<string, number>()
  return (fields, name) => {
    const kind = `${name} ${String(fields['what'])}`
    const nowMs = performance.now()
    if (nowMs - (lastAtMs.get(kind) ?? Number.NEGATIVE_INFINITY) < MIN_GAP_MS) return
    lastAtMs.set(kind, nowMs)
    write(fields, name)
  }
}
