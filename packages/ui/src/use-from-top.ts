import { useEffect, useRef } from 'react'

/** A tab begins at the top of the page, as another screen does. */
export function useFromTop(tab: string): void {
  const shown = useRef(tab)
  useEffect(() => {
    if (shown.current !== tab) scrollTo(0, 0)
    shown.current = tab
  }, [tab])
}
