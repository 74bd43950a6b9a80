import type { TrafficSpan } from '@posthorn/db'
import { InvalidInputError } from '../errors.ts'

export type TrafficPeriod = '1h' | '24h' | '7d' | '28d'

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS
const DAY_MS = 24 * HOUR_MS

interface PeriodShape {
  readonly lengthMs: number
  /** The period begins with a whole one of these. */
  readonly alignMs: number
  /** Rollups of this span make the series … */
  readonly seriesSpan: TrafficSpan
  readonly stepMs: number
  /** … and of this one, the sums of many keys at once. */
  readonly sumSpan: TrafficSpan
}

/** At most 168 points each. */
const SHAPES: Readonly<Record<TrafficPeriod, PeriodShape>> = {
  '1h': {
    lengthMs: HOUR_MS,
    alignMs: MINUTE_MS,
    seriesSpan: 'minute',
    stepMs: MINUTE_MS,
    sumSpan: 'minute',
  },
  '24h': {
    lengthMs: DAY_MS,
    alignMs: HOUR_MS,
    seriesSpan: 'minute',
    stepMs: 10 * MINUTE_MS,
    sumSpan: 'hour',
  },
  '7d': {
    lengthMs: 7 * DAY_MS,
    alignMs: HOUR_MS,
    seriesSpan: 'hour',
    stepMs: HOUR_MS,
    sumSpan: 'hour',
  },
  '28d': {
    lengthMs: 28 * DAY_MS,
    alignMs: DAY_MS,
    seriesSpan: 'hour',
    stepMs: 6 * HOUR_MS,
    sumSpan: 'day',
  },
}

/** A period up to now, or from one moment until another. */
export interface AskedTime {
  readonly period: TrafficPeriod
  /** Instead of the period, both of them. */
  readonly since?: Date | undefined
  readonly until?: Date | undefined
}

export interface TrafficWindow extends Omit<PeriodShape, 'lengthMs'> {
  /** Null: it was asked for by its ends. */
  readonly period: TrafficPeriod | null
  readonly since: Date
  readonly until: Date
  readonly readAt: Date
}

/** Pure. The same for a series and for sums, so that they agree. */
export function trafficWindow({ period, since, until }: AskedTime, nowMs: number): TrafficWindow {
  if (since !== undefined && until !== undefined)
    return ownWindow({ sinceMs: since.getTime(), untilMs: until.getTime(), nowMs })
  const shape = SHAPES[period]
  const sinceMs = floorTo(shape.alignMs, nowMs - shape.lengthMs)
  const readAt = new Date(nowMs)
  return { ...shape, period, since: new Date(sinceMs), until: readAt, readAt }
}

interface OwnTime {
  readonly sinceMs: number
  readonly untilMs: number
  readonly nowMs: number
}

const LONGEST_MS = 28 * DAY_MS
/** A little less than what is kept of each: a window begins with a whole hour. */
const HOURS_KEPT_MS = 31 * DAY_MS
const MINUTES_KEPT_MS = 25 * HOUR_MS
const BY_MINUTE_MS = 2 * HOUR_MS

function ownWindow({ sinceMs, untilMs, nowMs }: OwnTime): TrafficWindow {
  const endMs = Math.min(untilMs, nowMs)
  const [lengthMs, ageMs] = [endMs - sinceMs, nowMs - sinceMs]
  if (lengthMs <= 0) refuse('Must lie in the past, and before `until`.')
  if (lengthMs > LONGEST_MS) refuse('Must be at most 28 days before `until`.')
  if (ageMs > HOURS_KEPT_MS) refuse('Must be at most 31 days ago: what was before is not kept.')
  const shape = shapeOf(lengthMs, ageMs)
  const since = new Date(floorTo(shape.alignMs, sinceMs))
  const until = new Date(Math.min(nowMs, floorTo(shape.alignMs, endMs + shape.alignMs - 1)))
  return { ...shape, period: null, since, until, readAt: new Date(nowMs) }
}

function shapeOf(lengthMs: number, ageMs: number): PeriodShape {
  const hasMinutes = ageMs <= MINUTES_KEPT_MS
  if (hasMinutes && lengthMs <= BY_MINUTE_MS) return SHAPES['1h']
  if (hasMinutes && lengthMs <= DAY_MS) return SHAPES['24h']
  if (lengthMs <= 7 * DAY_MS) return SHAPES['7d']
  // Days are of UTC: nobody's own period ends with one.
  return { ...SHAPES['28d'], alignMs: HOUR_MS, sumSpan: 'hour' }
}

function floorTo(stepMs: number, atMs: number): number {
  return Math.floor(atMs / stepMs) * stepMs
}

function refuse(message: string): never {
  throw new InvalidInputError([{ path: ['query', 'since'], message }])
}
