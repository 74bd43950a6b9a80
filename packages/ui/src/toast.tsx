import { useSyncExternalStore } from 'react'
import { Button } from './button.tsx'

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

let shown: readonly Item[] = []
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
  for (const listener of listeners) listener()
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

export function Toasts() {
  const items = useSyncExternalStore(subscribe, () => shown)
  return (
    <div className="toasts" role="status">
      {items.map((item) => (
        <p key={item.id}>
          {item.text}
          {item.action !== null && <Act id={item.id} action={item.action} />}
        </p>
      ))}
    </div>
  )
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
