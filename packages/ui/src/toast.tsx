import { type RefObject, useEffect, useId, useRef, useSyncExternalStore } from 'react'
import { Button } from './button.tsx'
import { observeVisiblePart } from './visible-frame.ts'

const SHOWN_MS = 6_000
/** Long enough to be read and reached without a mouse. */
const SHOWN_WITH_ACTION_MS = 30_000

export interface ToastAction {
  readonly label: string
  readonly act: () => void
}

interface Item {
  readonly id: number
  readonly text: string
  readonly action: ToastAction | null
}

const PAGE = ''
const MARGIN_PX = 16

let shown: readonly Item[] = []
/** Where they are shown: the last one that was opened. */
let places: readonly string[] = [PAGE]
let lastId = 0
const listeners = new Set<() => void>()

export function toast(text: string, action: ToastAction | null = null): void {
  const id = ++lastId
  show([...shown, { id, text, action }])
  setTimeout(() => dismiss(id), action === null ? SHOWN_MS : SHOWN_WITH_ACTION_MS)
}

function dismiss(id: number): void {
  show(shown.filter((item) => item.id !== id))
}

function show(next: typeof shown): void {
  shown = next
  tell()
}

function tell(): void {
  for (const listener of listeners) listener()
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** In a dialog: as long as it is open the page behind it is seen through a veil, and not heard. */
export function DialogToasts() {
  const id = useId()
  useEffect(() => {
    places = [...places, id]
    tell()
    return () => {
      places = places.filter((place) => place !== id)
      tell()
    }
  }, [id])
  return <Toasts place={id} />
}

export function Toasts({ place = PAGE }: { readonly place?: string }) {
  const all = useSyncExternalStore(subscribe, () => shown)
  const isHere = useSyncExternalStore(subscribe, () => places.at(-1) === place)
  const items = isHere ? all : []
  const ref = useRef<HTMLDivElement>(null)
  useInView(ref, items.length)
  return (
    <div className="toasts" role="status" ref={ref}>
      {items.map((item) => (
        <p key={item.id}>
          {item.text}
          {item.action !== null && <Act id={item.id} action={item.action} />}
        </p>
      ))}
    </div>
  )
}

/** In a frame as high as its content its end may be far from what is seen. */
function useInView(ref: RefObject<HTMLElement | null>, count: number): void {
  useEffect(() => {
    if (count === 0) return
    return observeVisiblePart(({ top, height }) => {
      const below = Math.max(0, window.innerHeight - top - height)
      if (ref.current !== null) ref.current.style.bottom = `${below + MARGIN_PX}px`
    })
  }, [count])
}

function Act({ id, action }: { readonly id: number; readonly action: ToastAction }) {
  const act = () => {
    dismiss(id)
    action.act()
  }
  return (
    <Button size="small" onClick={act}>
      {action.label}
    </Button>
  )
}
