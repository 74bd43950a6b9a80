import { useEffect, useState } from 'react'

/** A text as it was when it last stayed the same for so long: what is asked for it is not asked at every key. */
export function useSettled(text: string, restMs: number): string {
  const [settled, setSettled] = useState(text)
  useEffect(() => {
    const timer = setTimeout(() => setSettled(text), restMs)
    return () => clearTimeout(timer)
  }, [text, restMs])
  return settled
}
