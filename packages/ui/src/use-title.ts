import { useEffect } from 'react'

/** What the tab is called: whoever has many open tells them apart by it. */
export function useTitle(title: string): void {
  useEffect(() => {
    document.title = title
  }, [title])
}
