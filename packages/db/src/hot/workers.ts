import type pg from 'pg'

const LIVE_SECONDS = 6

export async function touchWorker(
  pool: pg.Pool,
  worker: { readonly id: string; readonly host: string; readonly pid: number },
): Promise<void> {
  await pool.query(
    `INSERT INTO worker (id, host, pid) VALUES ($1, $2, $3) ON CONFLICT (id) DO UPDATE SET seen_at = now()`,
    [worker.id, worker.host, worker.pid],
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
