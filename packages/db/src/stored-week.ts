import type pg from 'pg'
import { PARTITIONED_TABLES } from './partition-storage.ts'
import { listPartitions, WEEK_MS } from './partitions.ts'

type Table = (typeof PARTITIONED_TABLES)[number]

/** A week of messages and what became of them, as it lies on disk. */
export interface StoredWeek {
  readonly startsAtMs: number
  readonly endsAtMs: number
  /** Indexes and TOAST included. */
  readonly bytes: Readonly<Record<Table, number>>
  /** About how many messages; null where nobody counted yet. */
  readonly messages: number | null
}

/** The oldest first. Reads the catalog and the sizes of files, no rows. */
export async function listWeeks(pool: pg.Pool): Promise<StoredWeek[]> {
  const sizes = await readSizes(pool)
  const weeks = new Map<number, StoredWeek>()
  for (const table of PARTITIONED_TABLES) {
    for (const { name, endsAtMs } of await listPartitions(pool, table)) {
      if (!Number.isFinite(endsAtMs)) continue
      const size = sizes.get(name) ?? { bytes: 0, rows: null }
      const week = weeks.get(endsAtMs) ?? emptyWeek(endsAtMs)
      weeks.set(endsAtMs, {
        ...week,
        bytes: { ...week.bytes, [table]: size.bytes },
        messages: table === 'message' ? size.rows : week.messages,
      })
    }
  }
  return [...weeks.values()].toSorted((a, b) => a.endsAtMs - b.endsAtMs)
}

interface Size {
  readonly bytes: number
  readonly rows: number | null
}

async function readSizes(pool: pg.Pool): Promise<ReadonlyMap<string, Size>> {
  const { rows } = await pool.query<{ name: string; bytes: number; rows: number | null }>(
    // A partition that was dropped meanwhile has no size.
    `SELECT c.relname AS name, coalesce(pg_total_relation_size(c.oid), 0)::float8 AS bytes,
            CASE WHEN c.reltuples < 0 THEN NULL ELSE c.reltuples::float8 END AS rows
       FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
      WHERE i.inhparent = ANY ($1::regclass[])`,
    [PARTITIONED_TABLES],
  )
  return new Map(rows.map(({ name, ...size }) => [name, size]))
}

function emptyWeek(endsAtMs: number): StoredWeek {
  const bytes = { message: 0, delivery: 0, attempt: 0, source_request: 0 }
  return { startsAtMs: endsAtMs - WEEK_MS, endsAtMs, bytes, messages: null }
}
