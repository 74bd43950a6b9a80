import { type ReactNode, useEffect, useId, useRef } from 'react'
import { DialogToasts } from './toast.tsx'
import { observeVisiblePart, type VisiblePart } from './visible-frame.ts'

export interface DialogProps {
  readonly title: string
  readonly onClose: () => void
  /** Escape closes it not, however often: what it shows is lost with it. */
  readonly isKept?: boolean
  readonly children: ReactNode
}

/** Modal while it is mounted: the browser keeps the focus inside, Escape closes, focus goes back to its opener. */
export function Dialog({ title, onClose, isKept = false, children }: DialogProps) {
  const ref = useRef<HTMLDialogElement>(null)
  const titleId = useId()
  useEffect(() => {
    const dialog = ref.current
    const opener = document.activeElement
    dialog?.showModal()
    const stopPlacing = observeVisiblePart((part) => placeInside(dialog, part))
    return () => {
      stopPlacing()
      dialog?.close()
      if (opener instanceof HTMLElement) opener.focus()
    }
  }, [])
  return (
    <dialog
      ref={ref}
      className="dialog"
      aria-labelledby={titleId}
      closedby={isKept ? 'none' : undefined}
      onCancel={(event) => {
        event.preventDefault()
        onClose()
      }}
    >
      <div className="stack">
        <h2 id={titleId}>{title}</h2>
        {children}
      </div>
      <DialogToasts />
    </dialog>
  )
}

const MARGIN = 12

/** In a frame as high as its content the middle of the window may be far from what is seen. */
function placeInside(dialog: HTMLDialogElement | null, part: VisiblePart): void {
  if (dialog === null || part.height >= window.innerHeight) return
  dialog.style.maxHeight = `${part.height - 2 * MARGIN}px`
  const free = Math.max(part.height - dialog.offsetHeight, 2 * MARGIN)
  dialog.style.marginTop = `${part.top + free / 2}px`
}
