import type pg from 'pg'
import type { Transaction } from '../database.ts'
import { textArray } from './binary-array.ts'

/**
 * A receiver asked for its endpoint's end. Noted in the transaction that records the attempt, and there until the
 * endpoint is disabled: whoever dies in between, another finds it. No index but the key: it is empty but for moments.
 */
export interface AskedDisabling {
  readonly attemptId: string
  readonly endpointId: string
}

export async function noteAskedDisablings(
  client: Pick<pg.ClientBase, 'query'>,
  asked: readonly AskedDisabling[],
): Promise<void> {
  await client.query(
    'INSERT INTO asked_disabling (attempt_id, endpoint_id) SELECT * FROM unnest($1::text[], $2::text[])',
    [
      textArray(asked.map(({ attemptId }) => attemptId)),
      textArray(asked.map(({ endpointId }) => endpointId)),
    ],
  )
}

export interface DisablingAskedFor {
  readonly endpointId: string
  /** In which attempts. */
  readonly attemptIds: readonly string[]
}

const AT_ONCE = 1_000

export async function listAskedDisablings(
  pool: Pick<pg.Pool, 'query'>,
): Promise<DisablingAskedFor[]> {
  const { rows } = await pool.query<DisablingAskedFor>(
    `SELECT endpoint_id AS "endpointId", array_agg(attempt_id) AS "attemptIds"
       FROM (SELECT * FROM asked_disabling ORDER BY attempt_id LIMIT ${AT_ONCE}) a
      GROUP BY endpoint_id`,
  )
  return rows
}

/** In the transaction that disables. False: somebody else did so, and the endpoint may be enabled again. */
export async function takeAskedDisablings(tx: Transaction, endpointId: string): Promise<boolean> {
  return (await tx.$executeRaw`DELETE FROM asked_disabling WHERE endpoint_id = ${endpointId}`) > 0
}

/** Of an endpoint that was disabled before, or is gone. Those that are being taken are left: no two wait in a circle. */
export async function forgetAskedDisablings(
  pool: Pick<pg.Pool, 'query'>,
  attemptIds: readonly string[],
): Promise<void> {
  await pool.query(
    `DELETE FROM asked_disabling WHERE attempt_id IN (
       SELECT attempt_id FROM asked_disabling WHERE attempt_id = ANY ($1::text[]) FOR UPDATE SKIP LOCKED)`,
    [textArray(attemptIds)],
  )
}
