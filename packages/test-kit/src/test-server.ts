import pg from 'pg'
import { startTestDatabase } from './test-database.ts'

export interface TestServer extends AsyncDisposable {
  /** A migrated database of its own, in milliseconds: dropped with the server. */
  cloneDatabase(): Promise<{ readonly url: string }>
}

/** One Postgres server whose migrated database every test of a file clones. */
export async function startTestServer(): Promise<TestServer> {
  const server = await startTestDatabase()
  const template = new URL(server.url).pathname.slice(1)
  // A database that somebody is connected to can't be cloned.
  const admin = databaseUrl(server.url, 'postgres')
  let clones = 0
  return {
    async cloneDatabase() {
      const name = `test_${++clones}`
      // Copied as files, by half the work of a copy through the log.
      await runSql(admin, `CREATE DATABASE ${name} TEMPLATE ${template} STRATEGY file_copy`)
      return { url: databaseUrl(server.url, name) }
    },
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  }
}

function databaseUrl(serverUrl: string, name: string): string {
  const url = new URL(serverUrl)
  url.pathname = `/${name}`
  return url.href
}

async function runSql(url: string, sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    await client.query(sql)
  } finally {
    await client.end()
  }
}
