import type pg from 'pg'

/** Statements of the hot pool that hold together or not at all. `begin` may set what holds for this transaction alone. */
export async function inHotTransaction<T>(
  pool: Pick<pg.Pool, 'connect'>,
  work: (client: pg.PoolClient) => Promise<T>,
  begin = 'BEGIN',
): Promise<T> {
  const client = await pool.connect()
  try {
    await client.query(begin)
    const result = await work(client)
    await client.query('COMMIT')
    client.release()
    return result
  } catch (err) {
    // Closing the connection rolls back, whatever state it is in.
    client.release(true)
    throw err
  }
}
