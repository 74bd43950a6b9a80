/** What one piece of a task came to. */
export interface Slice {
  /** The last message dealt with; null: none was left. */
  readonly cursor: string | null
  readonly done: number
  readonly skipped: number
  readonly isLast: boolean
  /** All that the task has before it, if this piece counted it. */
  readonly total?: number | null
  /** Nothing was done: it is to be tried again a little later. */
  readonly isResting?: boolean
  /** It goes on once a second person approves. */
  readonly isHeld?: boolean
  /** Why the task can't go on. */
  readonly error: string | null
}

export const SLICE_ROWS = 1_000

const NOTHING = { cursor: null, done: 0, skipped: 0 }

export const RESTING_SLICE: Slice = { ...NOTHING, isLast: false, isResting: true, error: null }

export function failedSlice(error: string): Slice {
  return { ...NOTHING, isLast: true, error }
}
