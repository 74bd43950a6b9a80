import type { TrafficSpan } from '@posthorn/db'

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

export interface TrafficWindow extends PeriodShape {
  readonly period: TrafficPeriod
  readonly since: Date
  readonly until: Date
}

/** Pure. The same for a series and for sums, so that they agree. */
export function trafficWindow(period: TrafficPeriod, nowMs: number): TrafficWindow {
  const shape = SHAPES[period]
  const sinceMs = Math.floor((nowMs - shape.lengthMs) / shape.alignMs) * shape.alignMs
  return { ...shape, period, since: new Date(sinceMs), until: new Date(nowMs) }
}
