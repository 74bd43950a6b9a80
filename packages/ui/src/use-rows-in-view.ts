import { useIsPainted } from './use-is-painted.ts'

// A row of two lines, which those of long lists have at least.
const LEAST_ROW_PX = 56

/** As many rows of a list as a window can show, and all of them right after these were painted. */
export function useRowsInView<T>(rows: readonly T[]): readonly T[] {
  const isPainted = useIsPainted()
  return isPainted ? rows : rows.slice(0, Math.ceil(window.innerHeight / LEAST_ROW_PX))
}
