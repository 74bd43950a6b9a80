import { type Database, ensurePartitions } from '@posthorn/db'

/**
 * Whether one row of a batch may be to blame. Classes 22 and 23: a value Postgres refuses; 40: a deadlock or
 * serialisation failure; 54: a limit. An outage is none: all of the batch fail with it, at once.
 */
export function isDataFault(err: unknown): boolean {
  return /^(22|23|40|54)/.test(sqlState(err))
}

/** Runs an insert; when its week has no partition yet, makes it and runs the insert once more. */
export async function withPartitions<Result>(
  db: Database,
  nowMs: number,
  insert: () => Promise<Result>,
): Promise<Result> {
  try {
    return await insert()
  } catch (err) {
    if (!isMissingPartition(err)) throw err
    await makePartitions(db, nowMs)
    return insert()
  }
}

function isMissingPartition(err: unknown): boolean {
  return sqlState(err) === '23514' && err instanceof Error && err.message.includes('no partition')
}

async function makePartitions(db: Database, nowMs: number): Promise<void> {
  const client = await db.hot.connect()
  try {
    await ensurePartitions(client, nowMs)
  } finally {
    client.release()
  }
}

function sqlState(err: unknown): string {
  return err instanceof Error && 'code' in err && typeof err.code === 'string' ? err.code : ''
}
