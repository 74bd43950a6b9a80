/** What one piece of a task came to. */
export interface Slice {
  /** The last message dealt with; null: none was left. */
  readonly cursor: string | null
  readonly done: number
  readonly skipped: number
  readonly isLast: boolean
  /** Why the task can't go on. */
  readonly error: string | null
}

export const SLICE_ROWS = 1_000

export function failedSlice(error: string): Slice {
  return { cursor: null, done: 0, skipped: 0, isLast: true, error }
}
