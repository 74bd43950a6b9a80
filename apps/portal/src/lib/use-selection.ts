import { useState } from 'react'

export interface Selection {
  readonly has: (id: string) => boolean
  readonly ids: readonly string[]
  /** With `isRange` all from the row that was chosen last to this one. */
  readonly toggle: (index: number, isRange: boolean) => void
  readonly clear: () => void
}

/** Which rows of a list are selected; those that leave the list are no longer. */
export function useSelection(listed: readonly string[]): Selection {
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set())
  const [last, setLast] = useState<string | null>(null)
  const toggle = (index: number, isRange: boolean) => {
    const id = listed[index]
    if (id === undefined) return
    const next = new Set(chosen)
    const from = isRange && last !== null ? listed.indexOf(last) : -1
    if (from !== -1)
      for (const between of listed.slice(Math.min(from, index), Math.max(from, index) + 1))
        next.add(between)
    else if (!next.delete(id)) next.add(id)
    setChosen(next)
    setLast(id)
  }
  return {
    has: (id) => chosen.has(id),
    ids: listed.filter((id) => chosen.has(id)),
    toggle,
    clear: () => setChosen(new Set()),
  }
}
