import { useEffect, useState } from 'react'

type Tell = (nowMs: number) => void

const tickers = new Map<number, Set<Tell>>()

/** The clock, looked at again every `everyMs`: a list has hundreds of times, which go on together. */
export function useNow(everyMs: number): number {
  const [nowMs, setNowMs] = useState(() => Date.now())
  useEffect(() => onTick(everyMs, setNowMs), [everyMs])
  return nowMs
}

function onTick(everyMs: number, tell: Tell): () => void {
  const listeners = tickers.get(everyMs) ?? startTicker(everyMs)
  listeners.add(tell)
  return () => listeners.delete(tell)
}

function startTicker(everyMs: number): Set<Tell> {
  const listeners = new Set<Tell>()
  tickers.set(everyMs, listeners)
  const timer = setInterval(() => {
    for (const tell of listeners) tell(Date.now())
    if (listeners.size > 0) return
    clearInterval(timer)
    tickers.delete(everyMs)
  }, everyMs)
  return listeners
}
