import type pg from 'pg'

const LANES_AT_MOST = 1_000

/**
 * Opens lanes that are closed though a delivery waits in them. Nothing should ever leave one so: what finds
 * a lane empty and what enters it write the same row. This is the second look that makes a fault there, or a
 * hand in the database, a late delivery and not a lost one. Answers how many it opened, at most 1,000.
 * Steps from endpoint to endpoint along the index of what waits: as many steps as endpoints that anything waits for.
 */
export async function openStrandedLanes(pool: pg.Pool): Promise<number> {
  const { rowCount } = await pool.query({ name: 'open_stranded_lanes', text: OPEN_STRANDED })
  return rowCount ?? 0
}

const nextAfter = (condition: string): string => `
  (SELECT endpoint_id FROM delivery WHERE wait IS NOT NULL ${condition} ORDER BY endpoint_id LIMIT 1)`

const OPEN_STRANDED = `
WITH RECURSIVE waiting (endpoint_id) AS (
  SELECT ${nextAfter('')}
  UNION ALL
  SELECT ${nextAfter('AND endpoint_id > w.endpoint_id')} FROM waiting w WHERE w.endpoint_id IS NOT NULL
),
stranded AS (
  SELECT s.endpoint_id FROM endpoint_state s
   WHERE s.endpoint_id = ANY (ARRAY(SELECT endpoint_id FROM waiting)) AND s.next_turn_at IS NULL
     AND EXISTS (SELECT 1 FROM delivery d WHERE d.endpoint_id = s.endpoint_id AND d.wait = 'turn')
   ORDER BY s.endpoint_id LIMIT ${LANES_AT_MOST} FOR UPDATE OF s SKIP LOCKED
)
UPDATE endpoint_state s SET lane = true, next_turn_at = now()
  FROM stranded WHERE s.endpoint_id = stranded.endpoint_id`
