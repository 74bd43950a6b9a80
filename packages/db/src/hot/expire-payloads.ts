import { firstIdAt } from '@posthorn/runtime'
import type pg from 'pg'
import type { HotClient } from '../database.ts'
import { inHotTransaction } from './hot-transaction.ts'

/**
 * Takes the payloads of applications that keep theirs for less time than their messages, in the order of the messages'
 * ids: how far it came stands with the setting, so a round reads what has become old enough since the last, no more.
 *
 * - Nothing is written at the publish for it, and a changed setting holds for what is stored, too.
 * - A payload with a time of its own (`payload_expires_at`) is passed over.
 * - Workers share the work: one at a time is at an application, and a change of its setting waits for a round of it.
 * - No statement has a name, so each is planned anew, by what the tables are then: by the key of the weeks that hold anything.
 */

const DAY_MS = 86_400_000
const ROWS_PER_ROUND = 5_000
/** A statement that frees more than that of one table's storage may run into its timeout. */
const BYTES_PER_ROUND = 32_000_000
const FULL_ROUNDS = 20
const ROUNDS = 1_000
const NEXT_LOOK = `interval '1 hour'`

/** At a thousand applications at most, and at no more once 20 rounds were full. Answers how many payloads went. */
export async function expirePayloads(pool: pg.Pool, nowMs: number): Promise<number> {
  let gone = 0
  for (let rounds = 0, full = 0; rounds < ROUNDS && full < FULL_ROUNDS; rounds++) {
    const round = await inHotTransaction(pool, (client) => expireSome(client, nowMs))
    if (round === null) break
    gone += round.gone
    if (round.isFull) full++
  }
  return gone
}

interface Round {
  readonly gone: number
  readonly isFull: boolean
}

interface Due {
  readonly app_id: string
  readonly payload_days: number
  readonly done_to: string
}

interface Slice {
  readonly last: string | null
  readonly is_full: boolean | null
}

/** Null: no application is due. */
async function expireSome(client: HotClient, nowMs: number): Promise<Round | null> {
  const [due] = (await client.query<Due>(TAKE_DUE)).rows
  if (due === undefined) return null
  const { app_id: appId, done_to: doneTo } = due
  const before = firstIdAt('msg_', nowMs - due.payload_days * DAY_MS)
  const [slice] = (await client.query<Slice>(READ_SLICE, [appId, doneTo, before])).rows
  const last = slice?.last ?? null
  const isFull = slice?.is_full === true
  const gone = last === null ? 0 : await expireUpTo(client, { appId, doneTo, last })
  await client.query(GO_ON, [appId, last, isFull])
  return { gone, isFull }
}

async function expireUpTo(
  client: HotClient,
  { appId, doneTo, last }: { appId: string; doneTo: string; last: string },
): Promise<number> {
  const { rowCount } = await client.query(EXPIRE, [appId, doneTo, last])
  return rowCount ?? 0
}

const TAKE_DUE = `
SELECT app_id, payload_days, done_to FROM application_retention
 WHERE next_look_at <= now() ORDER BY next_look_at LIMIT 1 FOR UPDATE SKIP LOCKED`

// The first of a slice is always taken, however large it is.
const READ_SLICE = `
SELECT max(id) FILTER (WHERE bytes_before < ${BYTES_PER_ROUND}) AS last,
       count(*) = ${ROWS_PER_ROUND} OR bool_or(bytes_before >= ${BYTES_PER_ROUND}) AS is_full
  FROM (SELECT id, sum(bytes) OVER (ORDER BY id) - bytes AS bytes_before
          FROM (SELECT id, coalesce(octet_length(payload), 0) + coalesce(octet_length(original), 0) AS bytes
                  FROM message WHERE app_id = $1 AND id > $2 AND id < $3
                 ORDER BY id LIMIT ${ROWS_PER_ROUND}) r) s`

const EXPIRE = `
UPDATE message SET payload = NULL, original = NULL
 WHERE app_id = $1 AND id > $2 AND id <= $3 AND payload IS NOT NULL AND payload_expires_at IS NULL`

const GO_ON = `
UPDATE application_retention
   SET done_to = coalesce($2, done_to), next_look_at = CASE WHEN $3 THEN now() ELSE now() + ${NEXT_LOOK} END
 WHERE app_id = $1`
