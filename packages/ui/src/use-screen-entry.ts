import { useEffect, useRef } from 'react'
import { afterPaint } from './after-paint.ts'
import { keptPlace, returnTo } from './kept-place.ts'

/**
 * Another screen begins at its top, and who listens or goes on by Tab begins there, too, not where the link
 * was that is gone; one that is come back to goes on where it was left. Focusing lays the page out, so it waits
 * for the paint; who is in the screen by then stays.
 */
export function useScreenEntry(path: string): void {
  const shown = useRef(path)
  useEffect(() => {
    if (shown.current === path) return
    shown.current = path
    const place = keptPlace()
    if (place === null) scrollTo(0, 0)
    const leaveReturn = place === null ? undefined : returnTo(place)
    const leaveEntry = afterPaint(() => {
      const content = document.getElementById('content')
      if (content?.contains(document.activeElement) !== true)
        content?.focus({ preventScroll: true })
    })
    return () => {
      leaveReturn?.()
      leaveEntry()
    }
  }, [path])
}
