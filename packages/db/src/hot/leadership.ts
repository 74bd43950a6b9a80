import type pg from 'pg'

export interface LeaderLease {
  readonly name: string
  readonly holder: string
  readonly seconds: number
  /** How long ago the holder last looked for what is due; null: not yet. */
  readonly sweptMsAgo: number | null
}

export async function resignLeadership(
  pool: pg.Pool,
  lease: Pick<LeaderLease, 'name' | 'holder'>,
): Promise<void> {
  await pool.query('DELETE FROM leader WHERE name = $1 AND holder = $2', [lease.name, lease.holder])
}
