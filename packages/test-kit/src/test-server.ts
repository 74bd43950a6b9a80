import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { migrate } from '@posthorn/db'
import { startEmbeddedPostgres } from '@posthorn/embedded'
import pg from 'pg'

export interface TestServer extends AsyncDisposable {
  /** A migrated database of its own, in milliseconds: dropped with the server. */
  cloneDatabase(): Promise<{ readonly url: string }>
}

/** One Postgres server with a migrated template that every test of a file clones. */
export async function startTestServer(): Promise<TestServer> {
  await using stack = new AsyncDisposableStack()
  const dataFolder = await mkdtemp(join(tmpdir(), 'posthorn-test-'))
  stack.defer(() => rm(dataFolder, { recursive: true, force: true }))
  const server = stack.use(
    await startEmbeddedPostgres({ dataFolder, isDurable: false, log: () => undefined }),
  )
  await runSql(server.url, 'CREATE DATABASE posthorn_template')
  await migrate(databaseUrl(server.url, 'posthorn_template'))
  const resources = stack.move()
  let clones = 0
  return {
    async cloneDatabase() {
      const name = `test_${++clones}`
      await runSql(server.url, `CREATE DATABASE ${name} TEMPLATE posthorn_template`)
      return { url: databaseUrl(server.url, name) }
    },
    [Symbol.asyncDispose]: () => resources.disposeAsync(),
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
