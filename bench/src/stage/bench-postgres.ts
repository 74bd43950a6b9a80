import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startEmbeddedPostgres } from '@posthorn/embedded'
import pg from 'pg'
import { parentPid } from '../measure/cpu.ts'

/** One server for both sides, with the settings it has under `npm start`; each side has its own database. */
export type BenchPostgres = AsyncDisposable & {
  version: string
  /** The postmaster, where it runs on this machine. */
  pids: number[]
  createDatabase(name: string): Promise<string>
  urlOf(name: string): string
  /** Writes out what one round left behind, so that the next one doesn't pay for it. */
  checkpoint(): Promise<void>
}

export async function openBenchPostgres(databaseUrl: string | null): Promise<BenchPostgres> {
  if (databaseUrl !== null) return connectBenchPostgres(databaseUrl, async () => {})
  const dataFolder = await mkdtemp(join(tmpdir(), 'posthorn-bench-'))
  const postgres = await startEmbeddedPostgres({ dataFolder, log: () => {} })
  return connectBenchPostgres(postgres.socketUrl, async () => {
    await postgres.stop()
    await rm(dataFolder, { recursive: true, force: true })
  })
}

async function connectBenchPostgres(
  url: string,
  stop: () => Promise<void>,
): Promise<BenchPostgres> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  const answer = await client.query<{ version: string; pid: number }>(
    "select current_setting('server_version') as version, pg_backend_pid() as pid",
  )
  const [row] = answer.rows
  const postmaster = row === undefined ? null : parentPid(row.pid)
  return {
    version: row?.version ?? 'unknown',
    pids: postmaster === null ? [] : [postmaster],
    createDatabase: (name) => createDatabase(client, { url, name }),
    urlOf: (name) => databaseUrlOf(url, name),
    checkpoint: async () => {
      await client.query('checkpoint')
    },
    [Symbol.asyncDispose]: async () => {
      await client.end()
      await stop()
    },
  }
}

async function createDatabase(
  client: pg.Client,
  { url, name }: { url: string; name: string },
): Promise<string> {
  const quoted = client.escapeIdentifier(name)
  await client.query(`drop database if exists ${quoted} with (force)`)
  await client.query(`create database ${quoted}`)
  return databaseUrlOf(url, name)
}

function databaseUrlOf(url: string, name: string): string {
  const own = new URL(url)
  own.pathname = `/${name}`
  return own.toString()
}
