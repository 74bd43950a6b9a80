import { useSyncExternalStore } from 'react'

const SHOWN_MS = 6_000
let shown: readonly { readonly id: number; readonly text: string }[] = []
let lastId = 0
const listeners = new Set<() => void>()

export function toast(text: string): void {
  const id = ++lastId
  show([...shown, { id, text }])
  setTimeout(() => show(shown.filter((item) => item.id !== id)), SHOWN_MS)
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
      {items.map(({ id, text }) => (
        <p key={id}>{text}</p>
      ))}
    </div>
  )
}
