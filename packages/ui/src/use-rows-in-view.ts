import { useIsPainted } from './use-is-painted.ts'

// A row of two lines, which those of long lists have at least.
const LEAST_ROW_PX = 56
// The title, the filters and the head of the table.
const ABOVE_PX = 120

/**
 * As many rows of a list as a window can show, and all of them right after these were painted. `leastRowPx` is the
 * height, in pixels, that each row of the list has at least.
 */
export function useRowsInView<T>(
  rows: readonly T[],
  { leastRowPx = LEAST_ROW_PX }: { readonly leastRowPx?: number } = {},
): readonly T[] {
  const isPainted = useIsPainted()
  if (isPainted) return rows
  const inView = Math.ceil((window.innerHeight - ABOVE_PX) / leastRowPx)
  return rows.slice(0, Math.max(1, inView))
}
