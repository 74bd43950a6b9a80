import pg from 'pg'

/**
 * Plans that no statistics can spoil: a table analyzed while it was empty otherwise gets full scans and hash
 * joins that stay cached once it is full. fsync and synchronous_commit stay as the server has them: on.
 */
const PLAN_SETTINGS = ['seqscan', 'bitmapscan', 'hashjoin', 'mergejoin']
  .map((name) => `-c enable_${name}=off`)
  .join(' ')

export function openHotPool(databaseUrl: string): pg.Pool {
  const pool = new pg.Pool({ connectionString: databaseUrl, max: 4, options: PLAN_SETTINGS })
  pool.on('error', () => {})
  return pool
}
