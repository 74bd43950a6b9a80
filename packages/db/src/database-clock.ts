import type { Clock } from '@posthorn/runtime'
import type pg from 'pg'

const RESYNC_MS = 5_000
const NOW_SQL = 'SELECT (extract(epoch FROM clock_timestamp()) * 1000)::float8 AS ms'

/**
 * The database's clock, carried between looks by the process's monotonic one: due times, leases, expiries
 * and ids mean the same in every process, whatever a machine's own clock says or jumps to.
 */
export interface DatabaseClock extends Clock, Disposable {}

export async function startDatabaseClock(pool: pg.Pool): Promise<DatabaseClock> {
  let offsetMs = await measureOffset(pool)
  const timer = setInterval(() => {
    // While the database is away, the last offset goes on: monotonic clocks drift by milliseconds an hour.
    measureOffset(pool).then((measured) => (offsetMs = measured), ignoreUntilNextTime)
  }, RESYNC_MS)
  timer.unref()
  return {
    nowMs: () => Math.round(performance.now() + offsetMs),
    [Symbol.dispose]: () => clearInterval(timer),
  }
}

function ignoreUntilNextTime(): void {}

const SAMPLES = 3
/** An answer that came within it is as good as the best of three. */
const SOON_MS = 2

/** Of a few looks the one that was answered soonest: its moment is known best. */
async function measureOffset(pool: pg.Pool): Promise<number> {
  let best = await measureOnce(pool)
  for (let sample = 1; sample < SAMPLES && best.tookMs > SOON_MS; sample++) {
    const next = await measureOnce(pool)
    if (next.tookMs < best.tookMs) best = next
  }
  return best.offsetMs
}

async function measureOnce(pool: pg.Pool): Promise<{ offsetMs: number; tookMs: number }> {
  const before = performance.now()
  const { rows } = await pool.query<{ ms: number }>(NOW_SQL)
  const after = performance.now()
  const nowMs = rows[0]?.ms
  if (nowMs === undefined) throw new Error('The database did not say what time it is.')
  return { offsetMs: nowMs - (before + after) / 2, tookMs: after - before }
}
