import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import { tellTokenExpiring } from '../lib/host.ts'
import { useHasEnded, useSession } from '../lib/session-store.ts'

const BEFORE_END_MS = 600_000
// Browsers run a longer timer at once.
const LONGEST_TIMER_MS = 2_000_000_000

/** Ten minutes before the token ends, or half of what is left of a shorter one, another is asked for. */
export function SessionRenewal() {
  const queries = useQueryClient()
  const hasEnded = useHasEnded()
  const expiresAtMs = useSession()?.expiresAtMs ?? null
  const wasEnded = useRef(hasEnded)
  useEffect(() => {
    if (wasEnded.current && !hasEnded) void queries.invalidateQueries()
    wasEnded.current = hasEnded
  }, [hasEnded])
  useEffect(() => {
    if (expiresAtMs === null) return
    const leftMs = expiresAtMs - Date.now()
    const waitMs = Math.max(leftMs - BEFORE_END_MS, leftMs / 2, 0)
    const timer = setTimeout(tellTokenExpiring, Math.min(waitMs, LONGEST_TIMER_MS))
    return () => clearTimeout(timer)
  }, [expiresAtMs])
  return null
}
