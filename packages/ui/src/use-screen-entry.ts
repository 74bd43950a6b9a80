import { useEffect, useRef } from 'react'
import { afterPaint } from './after-paint.ts'

/**
 * Another screen begins at its top, and who listens or goes on by Tab begins there, too, not where the link
 * was that is gone. Focusing lays the page out, so it waits for the paint; who is in the screen by then stays.
 */
export function useScreenEntry(path: string): void {
  const shown = useRef(path)
  useEffect(() => {
    if (shown.current === path) return
    shown.current = path
    scrollTo(0, 0)
    return afterPaint(() => {
      const content = document.getElementById('content')
      if (content?.contains(document.activeElement) !== true)
        content?.focus({ preventScroll: true })
    })
  }, [path])
}
