import type { EmbeddedPostgres } from '@posthorn/embedded'
import pg from 'pg'
import { startMigratedPostgres, type TestDatabase } from './test-database.ts'
import { waitFor } from './wait-for.ts'

export interface FragileDatabase extends TestDatabase {
  /** Ends every session, as an upgrade would, and starts again. */
  restart(): Promise<void>
  /** Kills one of its processes: Postgres ends all others and recovers by itself. */
  crash(): Promise<void>
  /** Kills it as a whole, and starts it again. */
  kill(): Promise<void>
}

/** A migrated database on a durable server of its own: what it committed outlives every fault. */
export async function startFragileDatabase(): Promise<FragileDatabase> {
  const { server, stop } = await startMigratedPostgres({ isDurable: true })
  return {
    url: server.url,
    restart: () => endAndRevive(server, 'SIGINT'),
    kill: () => endAndRevive(server, 'SIGKILL'),
    crash: () => killOneSession(server.url),
    [Symbol.asyncDispose]: stop,
  }
}

async function endAndRevive(server: EmbeddedPostgres, signal: NodeJS.Signals): Promise<void> {
  process.kill(server.pid, signal)
  await waitFor('the end of Postgres', () => server.reviveIfDead(), 30_000)
}

async function killOneSession(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  const ended = new Promise<void>((resolve) => client.on('error', () => resolve()))
  await client.connect()
  const { rows } = await client.query<{ pid: number }>('SELECT pg_backend_pid() AS pid')
  process.kill(pidOf(rows), 'SIGKILL')
  await ended
}

// Never 0: that would be every process of the test's own group.
function pidOf(rows: readonly { readonly pid: number }[]): number {
  const [row] = rows
  if (row === undefined) throw new Error('The session did not tell its process.')
  return row.pid
}
