import type pg from 'pg'

export interface LeaderLease {
  readonly name: string
  readonly holder: string
  readonly seconds: number
  /** How long ago the holder last looked for what is due; null: not yet. */
  readonly sweptMsAgo: number | null
}

/** Takes the lease when it is free or ours; false: somebody else leads. */
export async function holdLeadership(pool: pg.Pool, lease: LeaderLease): Promise<boolean> {
  const { rowCount } = await pool.query(
    `INSERT INTO leader (name, holder, expires_at, swept_at)
     VALUES ($1, $2, now() + $3::float8 * interval '1 second', now() - $4::float8 * interval '1 millisecond')
     ON CONFLICT (name) DO UPDATE SET holder = excluded.holder, expires_at = excluded.expires_at,
       swept_at = greatest(leader.swept_at, excluded.swept_at)
      WHERE leader.holder = excluded.holder OR leader.expires_at <= now()`,
    [lease.name, lease.holder, lease.seconds, lease.sweptMsAgo],
  )
  return rowCount === 1
}

export async function resignLeadership(
  pool: pg.Pool,
  lease: Pick<LeaderLease, 'name' | 'holder'>,
): Promise<void> {
  await pool.query('DELETE FROM leader WHERE name = $1 AND holder = $2', [lease.name, lease.holder])
}
