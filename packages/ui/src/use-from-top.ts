import { useEffect, useRef } from 'react'
import { keptPlace, returnTo } from './kept-place.ts'

/** A tab begins at the top of the page, as another screen does, or where it was left. */
export function useFromTop(tab: string): void {
  const shown = useRef(tab)
  useEffect(() => {
    if (shown.current === tab) return
    shown.current = tab
    const place = keptPlace()
    if (place !== null) return returnTo(place)
    scrollTo(0, 0)
  }, [tab])
}
