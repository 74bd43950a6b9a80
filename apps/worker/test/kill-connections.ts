import type { Pipeline } from './pipeline.ts'

/** Every other session of its database, whatever it is at. */
export async function killConnections(pipeline: Pipeline): Promise<void> {
  await pipeline.db.hot.query(
    `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
      WHERE datname = current_database() AND pid <> pg_backend_pid()`,
  )
}
