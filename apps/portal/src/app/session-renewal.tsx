import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import { useClient } from '../lib/client.tsx'
import { isFramed, tellTokenExpiring } from '../lib/host.ts'
import { noteRefusal, renewSession, useHasEnded, useSession } from '../lib/session-store.ts'

const BEFORE_END_MS = 600_000
// What a host has to bring a token of its own; then we ask for one ourselves.
const HOST_MS = 30_000
// Browsers run a longer timer at once.
const LONGEST_TIMER_MS = 2_000_000_000

/**
 * Ten minutes before the token ends, or half of what is left of a shorter one, another takes its place: from the
 * host in a frame, else from the api. A page that nobody looks at lets its session end.
 */
export function SessionRenewal() {
  const client = useClient()
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
    const stop = new AbortController()
    const leftMs = expiresAtMs - Date.now()
    const waitMs = Math.max(leftMs - BEFORE_END_MS, leftMs / 2, 0)
    const renew = async () => {
      const { token } = await client.renewToken()
      if (!stop.signal.aborted) renewSession(token)
    }
    const ask = () => {
      tellTokenExpiring()
      whenSeen(stop.signal, () => {
        const timer = setTimeout(() => void renew().catch(noteRefusal), isFramed() ? HOST_MS : 0)
        stop.signal.addEventListener('abort', () => clearTimeout(timer))
      })
    }
    const timer = setTimeout(ask, Math.min(waitMs, LONGEST_TIMER_MS))
    stop.signal.addEventListener('abort', () => clearTimeout(timer))
    return () => stop.abort()
  }, [client, expiresAtMs])
  return null
}

function whenSeen(signal: AbortSignal, act: () => void): void {
  if (document.visibilityState === 'visible') return act()
  const onChange = () => {
    if (document.visibilityState !== 'visible') return
    document.removeEventListener('visibilitychange', onChange)
    act()
  }
  document.addEventListener('visibilitychange', onChange, { signal })
}
