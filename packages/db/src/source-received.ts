import { firstIdAt } from '@posthorn/runtime'
import type pg from 'pg'

/** What lately came to a source. */
export interface SourceReceived {
  /** Of the newest request, which tells its time; null: nothing came yet. */
  readonly lastRequestId: string | null
  /** Of the newest hundred: how many were judged, and how many of these proved who sent them. */
  readonly judged: number
  readonly verified: number
  /** Kept and not released, up to a hundred. */
  readonly quarantined: number
}

/** By source; each is read from its newest rows on, so that the size of the log doesn't matter. */
export async function findSourcesReceived(
  pool: Pick<pg.Pool, 'query'>,
  sourceIds: readonly string[],
): Promise<Map<string, SourceReceived>> {
  const { rows } = await pool.query<SourceReceived & { sourceId: string }>({
    name: 'find_sources_received',
    text: `
      SELECT s.id AS "sourceId", r."lastRequestId", r.judged, r.verified, q.quarantined
        FROM unnest($1::text[]) AS s (id)
       CROSS JOIN LATERAL (
         SELECT max(id) AS "lastRequestId",
                count(*) FILTER (WHERE outcome IN ('accepted', 'duplicate', 'quarantined', 'refused'))::int AS judged,
                count(*) FILTER (WHERE outcome IN ('accepted', 'duplicate')
                                   AND reason IS DISTINCT FROM 'unverified')::int AS verified
           FROM (SELECT id, outcome, reason FROM source_request WHERE source_id = s.id
                  ORDER BY id DESC LIMIT 100) newest) r
       CROSS JOIN LATERAL (
         SELECT count(*)::int AS quarantined
           FROM (SELECT FROM quarantined_request WHERE source_id = s.id AND released_at IS NULL LIMIT 100) kept) q`,
    values: [sourceIds],
  })
  return new Map(rows.map(({ sourceId, ...received }) => [sourceId, received]))
}

/** Whether anything that proved who sent it was accepted since. */
export async function hasVerifiedRequest(
  pool: Pick<pg.Pool, 'query'>,
  sourceId: string,
  sinceMs: number,
): Promise<boolean> {
  const { rows } = await pool.query({
    name: 'has_verified_request',
    text: `
      SELECT 1 FROM source_request
       WHERE source_id = $1 AND id >= $2 AND outcome = 'accepted' AND reason IS DISTINCT FROM 'unverified'
       LIMIT 1`,
    values: [sourceId, firstIdAt('srcreq_', sinceMs)],
  })
  return rows.length > 0
}

export interface WaitingWindow {
  readonly reason: string | null
  /** Id of the one to go on after; null: from the oldest. */
  readonly after: string | null
  readonly take: number
}

/** Kept requests of a source that are not released, the oldest first. At most a thousand are kept. */
export async function findWaitingQuarantined(
  pool: Pick<pg.Pool, 'query'>,
  sourceId: string,
  { reason, after, take }: WaitingWindow,
): Promise<string[]> {
  const { rows } = await pool.query<{ id: string }>({
    name: 'find_waiting_quarantined',
    text: `
      SELECT id FROM quarantined_request
       WHERE source_id = $1 AND released_at IS NULL AND ($2::text IS NULL OR reason = $2) AND id > $3
       ORDER BY id LIMIT $4`,
    values: [sourceId, reason, after ?? '', take],
  })
  return rows.map(({ id }) => id)
}
