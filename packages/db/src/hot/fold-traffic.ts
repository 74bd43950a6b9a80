import type pg from 'pg'
import { readMark } from '../traffic-mark.ts'
import { float8Array, int4Array, textArray } from './binary-array.ts'
import { inHotTransaction } from './hot-transaction.ts'

/**
 * Folds what recorded attempts left behind into the rollups of minutes, hours and days, and deletes it, in
 * one transaction: each attempt counts once, whatever dies. One process at a time; the others pass.
 */

/** Any number that no other advisory lock here has. */
const LOCK = 7_306_001
const DELTAS_AT_ONCE = 1_000

const SPANS = [
  { table: 'traffic_minute', ms: 60_000 },
  { table: 'traffic_hour', ms: 3_600_000 },
  { table: 'traffic_day', ms: 86_400_000 },
] as const

/** Answers whether there may be more: it took as many as it may. */
export async function foldTraffic(pool: pg.Pool): Promise<boolean> {
  const work = async (client: pg.PoolClient): Promise<boolean> => {
    const deltas = await takeDeltas(client)
    if (deltas.length > 0) await addRows(client, sumDeltas(deltas))
    return deltas.length === DELTAS_AT_ONCE
  }
  // What a crash of Postgres takes back of it is there as deltas again.
  return inHotTransaction(pool, work, 'BEGIN; SET LOCAL synchronous_commit = off')
}

interface Delta {
  readonly minuteMs: number
  /** One of each an attempt. */
  readonly appIds: readonly string[]
  readonly endpointIds: readonly string[]
  readonly eventTypes: readonly string[]
  readonly marks: readonly number[]
}

// None while another process folds: the lock is asked for once, before the first row is looked for.
// As JSON, which the process reads many times faster than an array's text.
async function takeDeltas(client: pg.PoolClient): Promise<Delta[]> {
  const { rows } = await client.query<Delta>({
    name: 'take_traffic',
    text: `
      DELETE FROM traffic_delta WHERE (SELECT pg_try_advisory_xact_lock(${LOCK}))
         AND id = ANY (ARRAY(SELECT id FROM traffic_delta ORDER BY id LIMIT ${DELTAS_AT_ONCE}))
      RETURNING (extract(epoch FROM minute) * 1000)::float8 AS "minuteMs", array_to_json(app_ids) AS "appIds",
                array_to_json(endpoint_ids) AS "endpointIds", array_to_json(event_types) AS "eventTypes",
                array_to_json(marks) AS marks`,
  })
  return rows
}

interface Alike {
  readonly minuteMs: number
  readonly appId: string
  readonly endpointId: string
  readonly eventType: string
  readonly marks: number[]
}

interface Summed {
  readonly appId: string
  readonly kind: string
  readonly key: string
}

interface Sum extends Summed {
  readonly startsAtMs: number
  success: number
  fail: number
  exhausted: number
  readonly latency: number[]
}

// What is alike in all three is gathered first: most of it is.
function sumDeltas(deltas: readonly Delta[]): Sum[] {
  const sums = new Sums(60_000)
  for (const { appId, endpointId, eventType, minuteMs, marks } of gatherAlike(deltas)) {
    const sum = newSum({ appId, kind: 'application', key: '' }, minuteMs)
    for (const mark of marks) addMark(sum, mark)
    addSum(sums.at(sum, minuteMs), sum)
    addSum(sums.at({ appId, kind: 'endpoint', key: endpointId }, minuteMs), sum)
    addSum(sums.at({ appId, kind: 'event_type', key: eventType }, minuteMs), sum)
  }
  return sums.all()
}

function gatherAlike(deltas: readonly Delta[]) {
  const alike = new Map<string, Alike>()
  for (const { minuteMs, appIds, endpointIds, eventTypes, marks } of deltas) {
    for (const [index, mark] of marks.entries()) {
      const [endpointId = '', eventType = ''] = [endpointIds[index], eventTypes[index]]
      const id = `${minuteMs} ${endpointId} ${eventType}`
      const known = alike.get(id)
      if (known !== undefined) known.marks.push(mark)
      else
        alike.set(id, {
          minuteMs,
          appId: appIds[index] ?? '',
          endpointId,
          eventType,
          marks: [mark],
        })
    }
  }
  return alike.values()
}

function sumSpans(minutes: readonly Sum[], spanMs: number): Sum[] {
  const sums = new Sums(spanMs)
  for (const minute of minutes) addSum(sums.at(minute, minute.startsAtMs), minute)
  return sums.all()
}

function newSum({ appId, kind, key }: Summed, startsAtMs: number): Sum {
  return { appId, kind, key, startsAtMs, success: 0, fail: 0, exhausted: 0, latency: [] }
}

class Sums {
  readonly #spanMs: number
  readonly #byKey = new Map<string, Sum>()

  constructor(spanMs: number) {
    this.#spanMs = spanMs
  }

  at({ appId, kind, key }: Summed, atMs: number): Sum {
    const startsAtMs = Math.floor(atMs / this.#spanMs) * this.#spanMs
    const id = `${appId} ${kind} ${startsAtMs} ${key}`
    const known = this.#byKey.get(id)
    if (known !== undefined) return known
    const sum = newSum({ appId, kind, key }, startsAtMs)
    this.#byKey.set(id, sum)
    return sum
  }

  /** In the order that rows are locked in. */
  all(): Sum[] {
    return [...this.#byKey].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, sum]) => sum)
  }
}

function addMark(sum: Sum, mark: number): void {
  const { slot, success, exhausted } = readMark(mark)
  if (success) sum.success++
  else sum.fail++
  if (exhausted) sum.exhausted++
  if (slot === 0) return
  while (sum.latency.length < slot) sum.latency.push(0)
  sum.latency[slot - 1] = (sum.latency[slot - 1] ?? 0) + 1
}

function addSum(to: Sum, more: Sum): void {
  to.success += more.success
  to.fail += more.fail
  to.exhausted += more.exhausted
  for (const [slot, count] of more.latency.entries()) {
    to.latency[slot] = (to.latency[slot] ?? 0) + count
  }
}

async function addRows(client: pg.PoolClient, minutes: readonly Sum[]): Promise<void> {
  await client.query({
    name: 'add_traffic',
    text: ADD_TRAFFIC,
    values: SPANS.flatMap(({ ms }) => columnsOf(sumSpans(minutes, ms))),
  })
}

function columnsOf(sums: readonly Sum[]): Buffer[] {
  return [
    textArray(sums.map((sum) => sum.appId)),
    textArray(sums.map((sum) => sum.kind)),
    textArray(sums.map((sum) => sum.key)),
    float8Array(sums.map((sum) => sum.startsAtMs)),
    int4Array(sums.map((sum) => sum.success)),
    int4Array(sums.map((sum) => sum.fail)),
    int4Array(sums.map((sum) => sum.exhausted)),
    textArray(sums.map((sum) => `{${sum.latency.join(',')}}`)),
  ]
}

const COLUMN_TYPES = ['text', 'text', 'text', 'float8', 'int', 'int', 'int', 'text'] as const

function parametersFrom(first: number): string {
  return COLUMN_TYPES.map((type, index) => `$${first + index}::${type}[]`).join(', ')
}

const ADDITIONS = SPANS.map(
  ({ table }, index) => `${table}_added AS (
  INSERT INTO ${table} AS t (app_id, kind, key, starts_at, success, fail, exhausted, latency)
  SELECT app_id, kind, key, to_timestamp(ms / 1000), success, fail, exhausted, latency::int[]
    FROM unnest(${parametersFrom(1 + index * COLUMN_TYPES.length)})
           AS s (app_id, kind, key, ms, success, fail, exhausted, latency)
  ON CONFLICT (app_id, kind, key, starts_at) DO UPDATE
     SET success = t.success + excluded.success, fail = t.fail + excluded.fail,
         exhausted = t.exhausted + excluded.exhausted,
         latency = (SELECT coalesce(array_agg(coalesce(a, 0) + coalesce(b, 0) ORDER BY n), '{}')
                      FROM unnest(t.latency, excluded.latency) WITH ORDINALITY AS u (a, b, n)))`,
)

const ADD_TRAFFIC = `WITH ${ADDITIONS.join(',\n')}\nSELECT`
