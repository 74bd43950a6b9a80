const HOUR_MS = 3_600_000
const LONGEST_MS = 14 * 24 * HOUR_MS

export const WINDOWS = ['1', '8', '24', '72', '168', '336'] as const

export interface Span {
  readonly since: string
  readonly until: string
}

/** A named window is fixed to instants at the moment that the page was opened. */
export interface WindowChoice {
  /** `since`: since it began to fail; hours; or `exact`. */
  readonly name: string
  readonly failingSince: string | null
  readonly openedAtMs: number
  /** As the fields for it hold it: local, to the minute. */
  readonly from: string
  readonly to: string
}

export function firstChoice(failingSince: string | null): WindowChoice {
  const isMoment = failingSince !== null && !Number.isNaN(Date.parse(failingSince))
  return {
    name: isMoment ? 'since' : '24',
    failingSince: isMoment ? failingSince : null,
    openedAtMs: Date.now(),
    from: '',
    to: '',
  }
}

/** Null: not told yet, or its end comes before its beginning. */
export function spanOf({ name, failingSince, openedAtMs, from, to }: WindowChoice): Span | null {
  const until = new Date(openedAtMs).toISOString()
  if (name === 'since')
    return failingSince === null ? null : { since: startOf(failingSince, openedAtMs), until }
  if (name !== 'exact')
    return { since: new Date(openedAtMs - Number(name) * HOUR_MS).toISOString(), until }
  if (from === '') return null
  const end = to === '' ? openedAtMs : new Date(to).getTime()
  const since = new Date(from)
  return since.getTime() < end
    ? { since: since.toISOString(), until: new Date(end).toISOString() }
    : null
}

/**
 * A window is of when messages were published, and an outage begins with an attempt: what had been published
 * before that and was still to be sent is meant, too.
 */
function startOf(failingSince: string, nowMs: number): string {
  const fromMs = Date.parse(failingSince) - HOUR_MS
  return new Date(Math.max(fromMs, nowMs - LONGEST_MS)).toISOString()
}
