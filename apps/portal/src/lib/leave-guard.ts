import { useEffect, useState } from 'react'
import { guardLeaving } from './router.tsx'

/**
 * While something typed isn't saved, whoever goes elsewhere is asked first: within the portal by `asked`, which
 * then leads on when it is called, and by the browser where the page itself is left.
 */
export function useLeaveGuard(isDirty: boolean) {
  const [asked, setAsked] = useState<{ readonly leave: () => void } | null>(null)
  useEffect(() => {
    if (!isDirty) return
    const stop = guardLeaving((leave) => setAsked({ leave }))
    const onUnload = (event: BeforeUnloadEvent) => event.preventDefault()
    addEventListener('beforeunload', onUnload)
    return () => {
      stop()
      removeEventListener('beforeunload', onUnload)
    }
  }, [isDirty])
  return { asked, stay: () => setAsked(null) }
}
