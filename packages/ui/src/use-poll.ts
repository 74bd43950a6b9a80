import { focusManager } from '@tanstack/react-query'
import { useEffect, useEffectEvent, useRef, useState } from 'react'

const POLL_MS = 3_000
const AFTER_ERROR_MS = 30_000

/**
 * Looks every 3 s, 30 s after it failed, while somebody is there: a list that nobody looks at keeps no session
 * alive. Answers why it failed the last time.
 */
export function usePoll(isOn: boolean, look: () => Promise<void>): Error | null {
  const [error, setError] = useState<Error | null>(null)
  const state = useRef({ isLooking: false, restsUntilMs: 0 })
  const poll = useEffectEvent(async () => {
    const { current } = state
    if (!isOn || current.isLooking || Date.now() < current.restsUntilMs) return
    if (!focusManager.isFocused()) return
    current.isLooking = true
    try {
      await look()
      setError(null)
    } catch (err) {
      current.restsUntilMs = Date.now() + AFTER_ERROR_MS
      setError(err instanceof Error ? err : new Error(String(err)))
    } finally {
      current.isLooking = false
    }
  })
  useEffect(() => {
    const atOnce = () => {
      state.current.restsUntilMs = 0
      void poll()
    }
    void poll()
    const timer = setInterval(() => void poll(), POLL_MS)
    const unsubscribe = focusManager.subscribe(atOnce)
    addEventListener('online', atOnce)
    return () => {
      clearInterval(timer)
      unsubscribe()
      removeEventListener('online', atOnce)
    }
  }, [])
  return error
}
