import { RefusedError } from '../errors.ts'

/** A kept request that isn't released: what was wrong with it is wrong today. */
export function stillRefused(why: string): RefusedError {
  return new RefusedError('still_refused', `The request is still refused: ${why}`)
}
