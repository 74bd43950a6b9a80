import { InvalidInputError } from '../errors.ts'

/** How much of what a source refused is kept whole, to be released. */
export interface QuarantineLimits {
  /** The newest so many; 0: none. */
  readonly quarantineRequests: number
  /** A bigger body is refused without being kept. */
  readonly quarantineBytes: number
  readonly quarantineDays: number
}

export const DEFAULT_QUARANTINE: QuarantineLimits = {
  quarantineRequests: 1_000,
  quarantineBytes: 1_000_000,
  quarantineDays: 7,
}

/** The longest that a source may ask for. */
export const MAX_QUARANTINE_DAYS = 30
/** Of one source, since strangers fill it. */
const MAX_TOTAL_BYTES = 1_000_000_000

/** @throws {InvalidInputError} together they would be too much */
export function checkQuarantine({ quarantineRequests, quarantineBytes }: QuarantineLimits): void {
  if (quarantineRequests * quarantineBytes <= MAX_TOTAL_BYTES) return
  const message = 'Times the largest body kept, it must be at most 1 GB'
  throw new InvalidInputError([{ path: ['body', 'options', 'quarantineRequests'], message }])
}
