/**
 * Opens the lanes of what now waits for a turn; `source` names the statement's changed deliveries. Always
 * written, not only where a lane was closed: the row lock is what a lane just found empty is seen by. Locked
 * in id order, so that two batches never wait for each other in a circle. Arrays, no joins: see record-attempts-sql.ts.
 */
export function enterLanesSql(source: string, nextTurn = 'coalesce(next_turn_at, now())'): string {
  return `
  UPDATE endpoint_state SET lane = true, next_turn_at = ${nextTurn}
   WHERE endpoint_id = ANY (ARRAY(
         SELECT endpoint_id FROM endpoint_state
          WHERE endpoint_id = ANY (ARRAY(SELECT endpoint_id FROM ${source} WHERE wait = 'turn'))
          ORDER BY endpoint_id FOR UPDATE))`
}
