import type pg from 'pg'

/** How the tables that grow with every message are kept: what their vacuum waits for, what their analyze looks at. */

export const PARTITIONED_TABLES = ['message', 'delivery', 'attempt', 'source_request'] as const
export type PartitionedTable = (typeof PARTITIONED_TABLES)[number]

// Deliveries change once or twice, a batch at a time: room for a second version of every row on its page
// keeps those updates off the indexes, whose growth would cost more than the room.
const STORAGE: Record<PartitionedTable, string> = {
  message: 'autovacuum_vacuum_insert_scale_factor = 0.05',
  delivery:
    'fillfactor = 50, autovacuum_vacuum_scale_factor = 0.02, autovacuum_analyze_scale_factor = 0.02',
  attempt: 'autovacuum_vacuum_insert_scale_factor = 0.05',
  source_request: 'autovacuum_vacuum_insert_scale_factor = 0.05',
}

/** What plans are chosen by. No plan depends on how bodies or headers are spread. */
const SAMPLED: Record<PartitionedTable, readonly string[]> = {
  message: ['id', 'app_id', 'event_type', 'payload_expires_at'],
  delivery: [
    'message_id',
    'endpoint_id',
    'trigger',
    'status',
    'next_attempt_at',
    'wait',
    'task_id',
  ],
  attempt: ['message_id', 'id', 'endpoint_id', 'app_id', 'trigger', 'success'],
  source_request: ['source_id', 'id', 'outcome'],
}

/**
 * A week that fills is analyzed every few seconds: with all columns at the default of 100 (30,000 rows a time)
 * that took a tenth of Postgres's CPU under load.
 */
const SAMPLE_SIZE = 20

/** What may be long: compressed by LZ4 where the server was built with it, at a fraction of the default's CPU. */
const LONG: Partial<Record<PartitionedTable, readonly string[]>> = {
  message: ['payload', 'original'],
  attempt: ['response_body'],
}

export async function tunePartition(
  db: Pick<pg.Client, 'query'>,
  table: PartitionedTable,
  name: string,
): Promise<void> {
  const { rows } = await db.query<{ column: string; hasLz4: boolean }>(
    `SELECT quote_ident(attname) AS column,
            (SELECT 'lz4' = ANY (enumvals) FROM pg_settings WHERE name = 'default_toast_compression') AS "hasLz4"
       FROM pg_attribute WHERE attrelid = $1::regclass AND attnum > 0 AND NOT attisdropped`,
    [name],
  )
  const changes = rows.flatMap(({ column, hasLz4 }) => {
    const size = SAMPLED[table].includes(column) ? SAMPLE_SIZE : 0
    const compression = hasLz4 && LONG[table]?.includes(column) === true
    return [
      `ALTER COLUMN ${column} SET STATISTICS ${size}`,
      ...(compression ? [`ALTER COLUMN ${column} SET COMPRESSION lz4`] : []),
    ]
  })
  await db.query(`ALTER TABLE ${name} SET (${STORAGE[table]}), ${changes.join(', ')}`)
}
