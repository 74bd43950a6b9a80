import { type RefObject, useLayoutEffect, useRef } from 'react'

const SLIDE = { duration: 280, easing: 'ease-out' }
// Nothing of the rows shows above the table while they come from there.
const CLIPPED = [{ clipPath: 'inset(0)' }, { clipPath: 'inset(0)' }]

/**
 * Lets rows that came in at the top of a table slide in from above. What was there before begins where it was:
 * a move by transform, unlike one of the layout, jumps under nobody's eyes. To be called before they come.
 */
export function useSlide(list: RefObject<HTMLElement | null>): () => void {
  const before = useRef<{ readonly row: HTMLElement; readonly top: number } | null>(null)
  useLayoutEffect(() => {
    if (before.current === null) return
    const { row, top } = before.current
    const moved = row.offsetTop - top
    if (moved <= 0) return
    before.current = null
    const from = { transform: `translateY(${-moved}px)` }
    row.parentElement?.animate([from, { transform: 'none' }], SLIDE)
    row.closest('table')?.animate(CLIPPED, SLIDE)
  })
  return () => {
    const row = list.current?.querySelector<HTMLElement>('tbody tr') ?? null
    before.current = row && { row, top: row.offsetTop }
  }
}
