import type pg from 'pg'

export interface LeaderLease {
  readonly name: string
  readonly holder: string
  readonly seconds: number
}

/** Takes the lease when it is free or ours; false: somebody else leads. */
export async function holdLeadership(pool: pg.Pool, lease: LeaderLease): Promise<boolean> {
  const { rowCount } = await pool.query(
    `INSERT INTO leader (name, holder, expires_at) VALUES ($1, $2, now() + $3::float8 * interval '1 second')
     ON CONFLICT (name) DO UPDATE SET holder = excluded.holder, expires_at = excluded.expires_at
      WHERE leader.holder = excluded.holder OR leader.expires_at <= now()`,
    [lease.name, lease.holder, lease.seconds],
  )
  return rowCount === 1
}

export async function resignLeadership(
  pool: pg.Pool,
  lease: Omit<LeaderLease, 'seconds'>,
): Promise<void> {
  await pool.query('DELETE FROM leader WHERE name = $1 AND holder = $2', [lease.name, lease.holder])
}
