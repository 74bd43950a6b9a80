import { ensurePartitions } from '@posthorn/db'
import { seedAttempts, seedDeliveries, seedMessages } from '@posthorn/test-kit'
import type { Console } from '../console-setup.ts'

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS
const DAY_MS = 24 * HOUR_MS
const DAYS = 28
const HOURS = 24
const MESSAGES = 48
/** Of a latency histogram as `trafficMark` counts it: answers around 90 ms, a few later. */
const LATENCY = [...Array<number>(22).fill(0), 2, 6, 14, 22, 24, 16, 8, 4, 2, 1, 1]

/** What came to pass at one endpoint before the pictures were taken. */
export interface Past {
  readonly appId: string
  readonly endpointId: string
  readonly url: string
  readonly eventTypes: readonly string[]
  /** Messages an hour at noon. */
  readonly perHour: number
  /** Of a hundred attempts. */
  readonly failed: number
}

interface Count {
  readonly appId: string
  readonly kind: string
  readonly key: string
  readonly startsAt: Date
  readonly success: number
  readonly fail: number
}

/** As the rollups have it, and the messages of the last day: put there by SQL, as nobody waits four weeks for a picture. */
export async function seedPast(staff: Console, past: Past): Promise<void> {
  const hours = Array.from({ length: HOURS }, (_, n) => startOf(HOUR_MS, n + 1))
  const days = Array.from({ length: DAYS }, (_, n) => startOf(DAY_MS, n))
  const minutes = Array.from({ length: HOURS * 60 }, (_, n) => startOf(MINUTE_MS, n))
  await addCounts(
    staff,
    'traffic_minute',
    minutes.flatMap((at) => countsAt(past, at, shareOf(at) / 60)),
  )
  await addCounts(
    staff,
    'traffic_hour',
    hours.flatMap((at) => countsAt(past, at, shareOf(at))),
  )
  await addCounts(
    staff,
    'traffic_day',
    days.flatMap((at) => countsAt(past, at, 12)),
  )
  await seedLastDay(staff, past)
}

function startOf(spanMs: number, before: number): Date {
  return new Date((Math.floor(Date.now() / spanMs) - before) * spanMs)
}

/** Little at night, much by day, and no hour like the other. */
function shareOf(at: Date): number {
  const hour = at.getUTCHours()
  return 0.55 + 0.4 * Math.sin(((hour - 8) / 24) * 2 * Math.PI) + 0.05 * ((hour * 7) % 5)
}

function countsAt(past: Past, startsAt: Date, share: number): Count[] {
  const day = startsAt.getUTCDay()
  const all = whole(past.perHour * share * (day === 0 || day === 6 ? 0.6 : 1), startsAt)
  const isBad = Math.floor(startsAt.getTime() / HOUR_MS) % 5 < 2
  const failing = past.failed * (isBad ? 1.8 : 0.5)
  const fail = Math.min(all, whole((all * failing) / 100, startsAt))
  const one = { appId: past.appId, startsAt }
  const typed = past.eventTypes.map((key, n) => {
    const weight = 1 / 2 ** (n + 1)
    const part = (of: number) => whole(of * weight, startsAt)
    return { ...one, kind: 'event_type', key, success: part(all - fail), fail: part(fail) }
  })
  const counted = { ...one, success: all - fail, fail }
  return [
    { ...counted, kind: 'application', key: '' },
    { ...counted, kind: 'endpoint', key: past.endpointId },
    ...typed,
  ]
}

/** Up or down, so that many small figures together come to what they are parts of. */
function whole(figure: number, at: Date): number {
  return Math.floor(figure + (((at.getTime() / MINUTE_MS) * 0.618_034) % 1))
}

async function addCounts(
  { core }: Console,
  table: 'traffic_minute' | 'traffic_hour' | 'traffic_day',
  counts: readonly Count[],
): Promise<void> {
  const rows = counts.map(({ appId, startsAt, success, ...rest }) => ({
    ...rest,
    success,
    app_id: appId,
    starts_at: startsAt,
    exhausted: 0,
    latency: latencyOf(success, startsAt),
  }))
  await core.db.hot.query(
    `INSERT INTO ${table} (app_id, kind, key, starts_at, success, fail, exhausted, latency)
     SELECT app_id, kind, key, starts_at, success, fail, exhausted, latency
       FROM jsonb_populate_recordset(NULL::${table}, $1::jsonb)
     ON CONFLICT (app_id, kind, key, starts_at)
     DO UPDATE SET success = ${table}.success + excluded.success, fail = ${table}.fail + excluded.fail,
       latency = (SELECT array_agg(a + b ORDER BY n)
                    FROM unnest(${table}.latency, excluded.latency) WITH ORDINALITY AS u (a, b, n))`,
    [JSON.stringify(rows)],
  )
}

async function seedLastDay({ core, orgId }: Console, past: Past): Promise<void> {
  const { hot } = core.db
  await ensurePartitions(hot, Date.now() - 2 * DAY_MS)
  const app = { orgId, appId: past.appId }
  const seeds = Array.from({ length: MESSAGES }, (_, n) => ({
    atMs: Date.now() - (n + 1) * 19 * 60_000 - ((n * 7_919) % 600) * 1_000,
    eventType: past.eventTypes[(n * n) % past.eventTypes.length] ?? 'order.created',
    eventId: `${past.endpointId.slice(-4)}-${20_481 - n * 3}`,
  })).toReversed()
  const ids = await seedMessages(hot, app, seeds)
  const { endpointId } = past
  const isFailed = (n: number) => past.failed > 0 && n % Math.ceil(100 / past.failed) === 3
  const rows = ids.map((messageId, n) => ({
    messageId,
    endpointId,
    atMs: (seeds[n]?.atMs ?? 0) + 90,
    status: isFailed(n) ? ('failed' as const) : ('delivered' as const),
    ...(isFailed(n) ? { responseStatus: 500, cause: 'http_500' } : {}),
  }))
  await seedDeliveries(hot, app, rows)
  await seedAttempts(hot, app, rows)
  await hot.query(
    `UPDATE attempt SET url = $2, duration_ms = 40 + get_byte(decode(md5(id), 'hex'), 0) WHERE endpoint_id = $1`,
    [endpointId, past.url],
  )
}

/** As the histogram has them, and of few answers no fewer. */
function latencyOf(answers: number, at: Date): number[] {
  let percent = 0
  return LATENCY.map((count) => {
    const before = whole((percent * answers) / 100, at)
    percent += count
    return whole((percent * answers) / 100, at) - before
  })
}
