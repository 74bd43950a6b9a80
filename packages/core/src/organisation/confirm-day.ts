import { ConflictError, RefusedError } from '../errors.ts'

/** As it is typed to confirm, in UTC: `2026-08-24`. */
export function dayOf(ms: number): string {
  return new Date(ms).toISOString().slice(0, 10)
}

/** What is lost for good is confirmed by the day that the loss reaches to; `loss` as in *this would …*. */
export function requireDay(confirmation: string | null, day: string, loss: string): void {
  if (confirmation === day) return
  if (confirmation === null)
    throw new RefusedError(
      'confirmation_needed',
      `This would ${loss} for good: confirm it with that day.`,
    )
  throw new ConflictError(`It would ${loss}.`, 'preview_outdated')
}
