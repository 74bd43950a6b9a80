import { toast } from '@posthorn/ui'
import { type ComponentType, useEffect, useState } from 'react'
import { t } from './text.ts'

interface Closable {
  readonly onClose: () => void
}

/**
 * A dialog that is loaded when it is first asked for. Where it can't be, a toast says so and all else stays: thrown,
 * it would take the screen away with what was typed there.
 */
export function lazyDialog<P extends Closable>(
  load: () => Promise<ComponentType<P>>,
): ComponentType<P> {
  let loaded: ComponentType<P> | null = null
  return function LazyDialog(props: P) {
    const [Loaded, setLoaded] = useState(() => loaded)
    const { onClose } = props
    useEffect(() => {
      if (Loaded !== null) return
      const show = (part: ComponentType<P>) => {
        loaded = part
        setLoaded(() => part)
      }
      const giveUp = () => {
        toast(t('state.offline.text'))
        onClose()
      }
      load().then(show, giveUp)
    }, [Loaded, onClose])
    return Loaded === null ? null : <Loaded {...props} />
  }
}
