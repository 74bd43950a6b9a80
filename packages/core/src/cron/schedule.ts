import type { Config } from '@posthorn/providers'
import { Cron } from 'croner'

/** The source type whose sources publish by schedule and receive nothing. */
export const CRON_TYPE = 'cron'

export interface CronSettings {
  /** Five fields. */
  readonly schedule: string
  readonly timezone: string
  readonly payload: string
  readonly contentType: string
  /** What becomes of ticks that passed while nothing ran: one message for all of them, or none. */
  readonly missed: 'once' | 'skip'
}

export interface CronProblem {
  readonly field: string
  readonly problem: string
}

const MAX_PAYLOAD_CHARS = 32_767

export function cronSettingsOf(config: Config): CronSettings {
  const text = (name: string, otherwise: string): string => {
    const value = config[name]
    return typeof value === 'string' && value !== '' ? value : otherwise
  }
  return {
    schedule: text('schedule', ''),
    timezone: text('timezone', 'UTC'),
    payload: text('payload', '{}'),
    contentType: text('contentType', 'application/json'),
    missed: text('missed', 'once') === 'skip' ? 'skip' : 'once',
  }
}

export function checkCron(config: Config): CronProblem[] {
  const { schedule, timezone, payload, missed } = cronSettingsOf(config)
  if (!isTimeZone(timezone)) return [{ field: 'timezone', problem: 'There is no such time zone.' }]
  const problems: CronProblem[] = []
  if (!isSchedule(schedule, timezone))
    problems.push({ field: 'schedule', problem: 'It must be five fields of cron that come true.' })
  if (payload.length > MAX_PAYLOAD_CHARS)
    problems.push({ field: 'payload', problem: `At most ${MAX_PAYLOAD_CHARS} characters.` })
  if (!['once', 'skip'].includes(String(config['missed'] ?? missed)))
    problems.push({ field: 'missed', problem: 'It must be `once` or `skip`.' })
  return problems
}

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name })
    return true
  } catch {
    return false
  }
}

function isSchedule(schedule: string, timezone: string): boolean {
  try {
    return nextTickMs({ schedule, timezone }, Date.UTC(2026, 0, 1)) !== null
  } catch {
    return false
  }
}

/**
 * The first tick after a moment; null: none comes any more. Where a clock is set forward the tick that falls in
 * the gap is at its end; where it is set back a daily tick is at the first of the two.
 */
export function nextTickMs(
  { schedule, timezone }: Pick<CronSettings, 'schedule' | 'timezone'>,
  afterMs: number,
): number | null {
  const cron = new Cron(schedule, { timezone, paused: true, mode: '5-part' })
  return cron.nextRun(new Date(afterMs))?.getTime() ?? null
}

const MAX_COUNTED = 1_000

/** How many ticks there were from one on, up to a moment; counted up to 1,000. */
export function countTicks(
  settings: Pick<CronSettings, 'schedule' | 'timezone'>,
  { fromMs, toMs }: { readonly fromMs: number; readonly toMs: number },
): number {
  let count = 0
  for (
    let atMs: number | null = fromMs;
    atMs !== null && atMs <= toMs && count < MAX_COUNTED;
    count++
  )
    atMs = nextTickMs(settings, atMs)
  return count
}
