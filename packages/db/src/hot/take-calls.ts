import type pg from 'pg'
import { int4Array, textArray } from './binary-array.ts'

export interface CallLimit {
  readonly calls: number
  readonly windowMs: number
}

interface WantedCalls {
  readonly key: string
  readonly wanted: number
}

interface TakenCalls {
  readonly taken: number
  /** Until one more may be taken, if fewer were than wanted. */
  readonly freeInMs: number
}

/**
 * Takes calls of several keys, as many of each as were wanted and the limit leaves in any stretch of its
 * window, whichever process takes them. Answers by key; each is wanted once.
 *
 * - The clock is read once the row is locked, so the times of a row stand in order.
 * - Keys are locked in sorted order, so two that take at once never wait for each other in a circle.
 */
export async function takeCalls(
  pool: Pick<pg.Pool, 'query'>,
  { calls, windowMs }: CallLimit,
  wanted: readonly WantedCalls[],
): Promise<Map<string, TakenCalls>> {
  const { rows } = await pool.query<TakenCalls & { key: string }>({
    ...TAKE_CALLS,
    values: [
      textArray(wanted.map(({ key }) => key)),
      int4Array(wanted.map((one) => one.wanted)),
      calls,
      windowMs,
    ],
  })
  return new Map(rows.map(({ key, taken, freeInMs }) => [key, { taken, freeInMs }]))
}

const NOW_MS = `extract(epoch FROM clock_timestamp())::float8 * 1000`

const TAKE_CALLS = {
  name: 'take_calls',
  text: `
INSERT INTO call_window AS w (key, calls, taken, expires_at)
SELECT key, array_fill(${NOW_MS}, ARRAY[least(wanted, $3)]), least(wanted, $3), now() + $4 * interval '1 ms'
  FROM unnest($1::text[], $2::int[]) AS a (key, wanted) ORDER BY key
ON CONFLICT (key) DO UPDATE SET (calls, taken, expires_at) = (
  SELECT live || array_fill(now_ms, ARRAY[room]), room, excluded.expires_at
    FROM (SELECT live, now_ms, least(excluded.taken, $3 - cardinality(live)) AS room
            FROM (SELECT now_ms, ARRAY(SELECT at FROM unnest(w.calls) WITH ORDINALITY AS c (at, n)
                                        WHERE at > now_ms - $4 ORDER BY n) AS live
                    FROM (SELECT ${NOW_MS} AS now_ms OFFSET 0) AS clock) AS counted) AS granted)
RETURNING key, taken, calls[1] + $4::float8 - ${NOW_MS} AS "freeInMs"`,
} as const

interface LimitedKey {
  readonly key: string
  readonly limit: CallLimit
}

/**
 * One call of each key, or of none: where a limit is reached, those asked before it are not charged. Answers null, or how
 * long that one stays full. Whoever takes of the same kinds of keys names the kinds in the same order, or two may wait for
 * each other in a circle.
 */
export async function takeOneOfEach(
  pool: Pick<pg.Pool, 'connect'>,
  wanted: readonly LimitedKey[],
): Promise<number | null> {
  const client = await pool.connect()
  try {
    await client.query('BEGIN')
    const fullForMs = await takeInTurn(client, wanted)
    await client.query(fullForMs === null ? 'COMMIT' : 'ROLLBACK')
    client.release()
    return fullForMs
  } catch (err) {
    client.release(true)
    throw err
  }
}

async function takeInTurn(
  client: Pick<pg.Pool, 'query'>,
  wanted: readonly LimitedKey[],
): Promise<number | null> {
  for (const { key, limit } of wanted) {
    const taken = (await takeCalls(client, limit, [{ key, wanted: 1 }])).get(key)
    if (taken === undefined || taken.taken === 0) return taken?.freeInMs ?? limit.windowMs
  }
  return null
}
