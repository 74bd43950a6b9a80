import type { PgPool } from 'bullmq'
import pg from 'pg'
import { POSTGRES_SCHEMA } from './backend.ts'

// One listens for jobs, and stays with it.
const CONNECTIONS = 4
const CONNECT_TIMEOUT_MS = 5_000
const QUERY_TIMEOUT_MS = 10_000

/** A pool for BullMQ alone: it needs its own search_path, and every wait ends. */
export function openPostgresPool(url: string): PgPool {
  const pool = new pg.Pool({
    connectionString: url,
    max: CONNECTIONS,
    application_name: 'posthorn queue',
    options: `-c search_path=${POSTGRES_SCHEMA}`,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    query_timeout: QUERY_TIMEOUT_MS,
    keepAlive: true,
  })
  // BullMQ holds connections without listening for their errors, and such an error ends the process.
  pool.on('connect', (client) => client.on('error', () => undefined))
  return asBullPool(pool)
}

// BullMQ's own description of a pool tells a missing field from an undefined one; pg's does not.
function asBullPool(pool: pg.Pool): PgPool {
  return pool as unknown as PgPool
}
