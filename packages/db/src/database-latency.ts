import type pg from 'pg'

/** Milliseconds of the smallest question, a wait for a connection included. */
export async function databaseLatencyMs(pool: pg.Pool): Promise<number> {
  const startMs = performance.now()
  await pool.query('SELECT 1')
  return performance.now() - startMs
}
