import { runMigrations } from 'bullmq'
import pg from 'pg'
import { POSTGRES_SCHEMA, type QueueBackend } from './backend.ts'

/** Makes the queue's own tables; must run before any queue or worker opens. Redis needs nothing. */
export async function migrateQueue(backend: QueueBackend): Promise<void> {
  if (backend.kind === 'redis') return
  const client = new pg.Client({ connectionString: backend.url, connectionTimeoutMillis: 10_000 })
  client.on('error', () => undefined)
  await client.connect()
  try {
    await runMigrations(client, POSTGRES_SCHEMA)
  } finally {
    await client.end()
  }
}
