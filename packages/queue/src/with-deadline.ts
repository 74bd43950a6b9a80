import { withinDeadline } from '@posthorn/runtime'

/** Waits for something to close, however it ends, for `ms` at most: closing hangs while a backend is away. */
export function withDeadline(closing: PromiseLike<unknown>, ms: number): Promise<void> {
  const ended = closing.then(
    () => undefined,
    () => undefined,
  )
  return withinDeadline(ended, ms, undefined)
}
