import { createHash, randomUUID } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import pg from 'pg'
import { ensurePartitions } from './partitions.ts'

/**
 * Brings the database to the schema of this code: one migrator at a time (advisory lock), one
 * transaction per file, and rows in `_prisma_migrations` that `prisma migrate deploy` agrees with.
 *
 * Why not Prisma's own runner: over its driver adapter it splits scripts at every `;`, which breaks
 * functions and leaves half a schema behind.
 */

const MIGRATIONS_FOLDER = fileURLToPath(new URL('../../../prisma/migrations/', import.meta.url))
/** The advisory lock that whoever migrates holds. */
export const MIGRATION_LOCK = 8_071_001

export class SchemaTooNewError extends Error {
  override name = 'SchemaTooNewError'
}

export class MigrationChangedError extends Error {
  override name = 'MigrationChangedError'
}

export interface MigrationResult {
  readonly applied: string[]
}

interface MigrationFile {
  readonly name: string
  readonly sql: string
  readonly checksum: string
}

/** @throws {SchemaTooNewError} when the database was migrated by newer code. */
export async function migrate(url: string): Promise<MigrationResult> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 10_000 })
  client.on('error', () => undefined)
  await client.connect()
  try {
    // A role's own limits are for statements that serve, not for an index that takes its time.
    await client.query('SET statement_timeout = 0; SET lock_timeout = 0')
    await client.query('SELECT pg_advisory_lock($1)', [MIGRATION_LOCK])
    const applied = await applyMissing(client)
    await ensurePartitions(client, await databaseNowMs(client))
    return { applied }
  } finally {
    await client.end()
  }
}

/** Whether the database has exactly this code's migrations. */
export async function isMigrated(db: { query: pg.Pool['query'] }): Promise<boolean> {
  const files = await readMigrations()
  const { rows } = await db.query<{ name: string }>(
    `SELECT migration_name AS name FROM _prisma_migrations WHERE finished_at IS NOT NULL`,
  )
  const known = new Set(rows.map((row) => row.name))
  return files.every((file) => known.has(file.name))
}

async function applyMissing(client: pg.Client): Promise<string[]> {
  await client.query(CREATE_MIGRATIONS_TABLE)
  const files = await readMigrations()
  const done = await readApplied(client)
  refuseNewer(files, done)
  const missing = files.filter((file) => isMissing(file, done))
  for (const file of missing) await apply(client, file)
  return missing.map((file) => file.name)
}

function refuseNewer(files: MigrationFile[], done: Map<string, string>): void {
  const ours = new Set(files.map((file) => file.name))
  const unknown = [...done.keys()].filter((name) => !ours.has(name))
  if (unknown.length === 0) return
  throw new SchemaTooNewError(
    `The database has migrations that this version does not know (${unknown.join(', ')}): start the newer version.`,
  )
}

function isMissing(file: MigrationFile, done: Map<string, string>): boolean {
  const checksum = done.get(file.name)
  if (checksum === undefined) return true
  if (checksum === file.checksum) return false
  throw new MigrationChangedError(`Migration ${file.name} is not the one that was applied.`)
}

async function apply(client: pg.Client, file: MigrationFile): Promise<void> {
  await client.query('BEGIN')
  try {
    await client.query(file.sql)
    await client.query(
      `INSERT INTO _prisma_migrations (id, checksum, migration_name, started_at, finished_at, applied_steps_count)
       VALUES ($1, $2, $3, now(), clock_timestamp(), 1)`,
      [randomUUID(), file.checksum, file.name],
    )
    await client.query('COMMIT')
  } catch (err) {
    await client.query('ROLLBACK')
    throw new Error(`Migration ${file.name} failed.`, { cause: err })
  }
}

let migrations: Promise<MigrationFile[]> | undefined

/** Read once: a process's own code doesn't change under it, and readiness asks again and again. */
function readMigrations(): Promise<MigrationFile[]> {
  return (migrations ??= readMigrationFolder().catch(forgetAndThrow))
}

function forgetAndThrow(err: unknown): never {
  migrations = undefined
  throw err
}

async function readMigrationFolder(): Promise<MigrationFile[]> {
  const entries = await readdir(MIGRATIONS_FOLDER, { withFileTypes: true })
  const names = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name)
  return Promise.all(names.toSorted().map(readMigration))
}

async function readMigration(name: string): Promise<MigrationFile> {
  const sql = await readFile(`${MIGRATIONS_FOLDER}${name}/migration.sql`, 'utf8')
  return { name, sql, checksum: createHash('sha256').update(sql).digest('hex') }
}

async function readApplied(client: pg.Client): Promise<Map<string, string>> {
  const { rows } = await client.query<{ migration_name: string; checksum: string }>(
    'SELECT migration_name, checksum FROM _prisma_migrations WHERE finished_at IS NOT NULL',
  )
  return new Map(rows.map((row) => [row.migration_name, row.checksum]))
}

async function databaseNowMs(client: pg.Client): Promise<number> {
  const { rows } = await client.query<{ ms: number }>(
    'SELECT (extract(epoch FROM now()) * 1000)::float8 AS ms',
  )
  return rows[0]?.ms ?? Date.now()
}

// The table as Prisma makes it.
const CREATE_MIGRATIONS_TABLE = `
  CREATE TABLE IF NOT EXISTS _prisma_migrations (
    id varchar(36) PRIMARY KEY,
    checksum varchar(64) NOT NULL,
    finished_at timestamptz,
    migration_name varchar(255) NOT NULL,
    logs text,
    rolled_back_at timestamptz,
    started_at timestamptz NOT NULL DEFAULT now(),
    applied_steps_count integer NOT NULL DEFAULT 0
  )`
