import type pg from 'pg'
import { LAZY_COMMIT } from '../lazy-commit.ts'

const LIVE_SECONDS = 6

export interface LivingWorker {
  readonly id: string
  readonly host: string
  readonly pid: number
  readonly version: string
  readonly memoryBytes: number
  /** Has heard that deliveries are paused, and begins none. */
  readonly isPaused: boolean
  /** The longest that its event loop was held up since the sign of life before. */
  readonly loopDelayMs: number
}

/** What a worker learns with its sign of life. */
export interface WorkersSeen {
  /** That live, itself among them. */
  readonly workers: number
  readonly arePaused: boolean
}

export async function touchWorker(pool: pg.Pool, worker: LivingWorker): Promise<WorkersSeen> {
  const { rows } = await pool.query<WorkersSeen>({
    name: 'touch_worker',
    text: TOUCH,
    values: [
      worker.id,
      worker.host,
      worker.pid,
      worker.version,
      worker.memoryBytes,
      worker.isPaused,
      worker.loopDelayMs,
    ],
  })
  return rows[0] ?? { workers: 1, arePaused: worker.isPaused }
}

// The statement sees its own row as it was before, if at all.
const TOUCH = `
WITH touched AS (
  INSERT INTO worker (id, host, pid, version, memory_bytes, is_paused, loop_delay_ms)
  SELECT $1::text, $2::text, $3::int, $4::text, $5::bigint, $6::boolean, $7::float8 FROM ${LAZY_COMMIT}
  ON CONFLICT (id) DO UPDATE SET seen_at = now(), memory_bytes = excluded.memory_bytes,
    is_paused = excluded.is_paused, loop_delay_ms = excluded.loop_delay_ms
)
SELECT 1 + (SELECT count(*) FROM worker
             WHERE id <> $1 AND seen_at > now() - interval '${LIVE_SECONDS} seconds')::int AS workers,
       EXISTS (SELECT FROM delivery_pause) AS "arePaused"`

export async function removeWorker(pool: pg.Pool, id: string): Promise<void> {
  await pool.query(`DELETE FROM worker WHERE id = $1 OR seen_at < now() - interval '1 day'`, [id])
}
