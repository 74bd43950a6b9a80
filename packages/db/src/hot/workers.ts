import type pg from 'pg'

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

export async function touchWorker(pool: pg.Pool, worker: LivingWorker): Promise<void> {
  await pool.query(
    `INSERT INTO worker (id, host, pid, version, memory_bytes, is_paused, loop_delay_ms)
     VALUES ($1, $2, $3, $4, $5, $6, $7)
     ON CONFLICT (id) DO UPDATE SET seen_at = now(), memory_bytes = excluded.memory_bytes,
       is_paused = excluded.is_paused, loop_delay_ms = excluded.loop_delay_ms`,
    [
      worker.id,
      worker.host,
      worker.pid,
      worker.version,
      worker.memoryBytes,
      worker.isPaused,
      worker.loopDelayMs,
    ],
  )
}

export async function countLiveWorkers(pool: pg.Pool): Promise<number> {
  const { rows } = await pool.query<{ count: number }>(
    `SELECT count(*)::int AS count FROM worker WHERE seen_at > now() - interval '${LIVE_SECONDS} seconds'`,
  )
  return rows[0]?.count ?? 1
}

export async function removeWorker(pool: pg.Pool, id: string): Promise<void> {
  await pool.query(`DELETE FROM worker WHERE id = $1 OR seen_at < now() - interval '1 day'`, [id])
}
