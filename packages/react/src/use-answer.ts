import { useCallback, useEffect, useState } from 'react'

export interface Answer<T> {
  readonly data: T | undefined
  readonly error: Error | null
  readonly isLoading: boolean
  /** Asks again; what was there stays until the new answer is. */
  readonly reload: () => void
}

interface Settled<T> {
  readonly key: string
  readonly data: T | undefined
  readonly error: Error | null
}

/** Asks when `key` changes. An answer that comes after its question changed is dropped. */
export function useAnswer<T>(key: string, ask: (signal: AbortSignal) => Promise<T>): Answer<T> {
  const [settled, setSettled] = useState<Settled<T> | null>(null)
  const [round, setRound] = useState(0)
  useEffect(() => {
    const abort = new AbortController()
    const settle = (part: Omit<Settled<T>, 'key'>) => {
      if (!abort.signal.aborted) setSettled({ key, ...part })
    }
    ask(abort.signal).then(
      (data) => settle({ data, error: null }),
      (err: unknown) =>
        settle({ data: undefined, error: err instanceof Error ? err : new Error(String(err)) }),
    )
    return () => abort.abort()
  }, [key, round])
  const isOurs = settled?.key === key
  return {
    data: isOurs ? settled.data : undefined,
    error: isOurs ? settled.error : null,
    isLoading: !isOurs,
    reload: useCallback(() => setRound((before) => before + 1), []),
  }
}
