import { firstIdAt, type IdPrefix, idTimeMs } from '@posthorn/runtime'
import type pg from 'pg'
import { PARTITIONED_TABLES, type PartitionedTable, tunePartition } from './partition-storage.ts'

/**
 * Weekly partitions of message, delivery and attempt by message id, and of a source's requests by their own. A partition is made whole and
 * then attached: `CREATE TABLE … PARTITION OF` would lock the parent against publishes. Dropping
 * detaches first, under a short lock timeout: a publish never waits for maintenance.
 */

const ID_PREFIX: Record<PartitionedTable, IdPrefix> = {
  message: 'msg_',
  delivery: 'msg_',
  attempt: 'msg_',
  source_request: 'srcreq_',
}

export const WEEK_MS = 7 * 86_400_000
/** The first Monday of 1970. */
const FIRST_MONDAY_MS = 4 * 86_400_000
const AHEAD_MS = 21 * 86_400_000
const LOCK_TIMEOUT_MS = 50

type Queryable = Pick<pg.Client, 'query'>

/** Makes what is missing from the week of `fromMs` to three weeks after it. Answers the names it made. */
export async function ensurePartitions(db: Queryable, fromMs: number): Promise<string[]> {
  const made: string[] = []
  for (let weekMs = weekStart(fromMs); weekMs <= fromMs + AHEAD_MS; weekMs += WEEK_MS) {
    for (const table of PARTITIONED_TABLES) {
      if (await ensurePartition(db, table, weekMs)) made.push(partitionName(table, weekMs))
    }
  }
  return made
}

/** Drops every partition that ends before `beforeMs`. Answers the names it dropped; what is locked waits for the next call. */
export async function dropPartitions(db: Queryable, beforeMs: number): Promise<string[]> {
  const dropped: string[] = []
  for (const table of PARTITIONED_TABLES) {
    for (const { name, endsAtMs } of await listPartitions(db, table)) {
      if (endsAtMs > beforeMs) continue
      if (await dropPartition(db, table, name)) dropped.push(name)
    }
  }
  return dropped
}

export interface Partition {
  readonly name: string
  readonly endsAtMs: number
}

export async function listPartitions(db: Queryable, table: PartitionedTable): Promise<Partition[]> {
  const { rows } = await db.query<{ name: string; bound: string }>(
    `SELECT c.relname AS name, pg_get_expr(c.relpartbound, c.oid) AS bound
       FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
      WHERE i.inhparent = $1::regclass ORDER BY c.relname`,
    [table],
  )
  return rows.map((row) => ({ name: row.name, endsAtMs: upperBoundMs(table, row.bound) }))
}

function upperBoundMs(table: PartitionedTable, bound: string): number {
  const id = /TO \('([^']+)'\)/.exec(bound)?.[1]
  return (id === undefined ? null : idTimeMs(ID_PREFIX[table], id)) ?? Number.POSITIVE_INFINITY
}

export function weekStart(atMs: number): number {
  return Math.floor((atMs - FIRST_MONDAY_MS) / WEEK_MS) * WEEK_MS + FIRST_MONDAY_MS
}

function partitionName(table: PartitionedTable, weekMs: number): string {
  return `${table}_${weekName(weekMs)}`
}

/** A week's name by its Monday: `w20261123`. */
export function weekName(weekMs: number): string {
  return `w${new Date(weekMs).toISOString().slice(0, 10).replaceAll('-', '')}`
}

async function ensurePartition(
  db: Queryable,
  table: PartitionedTable,
  weekMs: number,
): Promise<boolean> {
  const name = partitionName(table, weekMs)
  if (await isAttached(db, name)) return false
  const prefix = ID_PREFIX[table]
  const [from, to] = [firstIdAt(prefix, weekMs), firstIdAt(prefix, weekMs + WEEK_MS)]
  await db.query(`CREATE TABLE IF NOT EXISTS ${name} (LIKE ${table} INCLUDING ALL)`)
  await tunePartition(db, table, name)
  return withLockTimeout(db, async () => {
    if (await isAttached(db, name)) return
    await db.query(
      `ALTER TABLE ${table} ATTACH PARTITION ${name} FOR VALUES FROM ('${from}') TO ('${to}')`,
    )
  })
}

async function isAttached(db: Queryable, name: string): Promise<boolean> {
  const { rows } = await db.query(
    `SELECT 1 FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid WHERE c.relname = $1`,
    [name],
  )
  return rows.length > 0
}

async function dropPartition(
  db: Queryable,
  table: PartitionedTable,
  name: string,
): Promise<boolean> {
  return withLockTimeout(db, async () => {
    await db.query(`ALTER TABLE ${table} DETACH PARTITION ${name}`)
    await db.query(`DROP TABLE ${name}`)
  })
}

const LOCK_NOT_AVAILABLE = '55P03'

// A lock that isn't to be had soon is tried again at the next round: false.
async function withLockTimeout(db: Queryable, work: () => Promise<void>): Promise<boolean> {
  await db.query('BEGIN')
  try {
    await db.query(`SET LOCAL lock_timeout = ${LOCK_TIMEOUT_MS}`)
    await work()
    await db.query('COMMIT')
    return true
  } catch (err) {
    await db.query('ROLLBACK')
    if (err instanceof Error && 'code' in err && err.code === LOCK_NOT_AVAILABLE) return false
    throw err
  }
}
