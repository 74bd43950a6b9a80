import { randomBytes } from 'node:crypto'
import { fileURLToPath } from 'node:url'
import pg from 'pg'
import { idOf } from '../product/posthorn-api.ts'
import { startPosthorn } from '../product/start-posthorn.ts'
import { startCommand, waitForChild } from '../stage/child.ts'
import { freePort } from '../stage/free-port.ts'
import type { Stage } from '../stage/stage.ts'

/** One side, running: two URLs, the one flooded and the one measured. */
export type Receiver = AsyncDisposable & {
  side: 'posthorn' | 'baseline'
  port: number
  measuredPath: string
  floodedPath: string
  authorization: string
  /** How many bodies are committed. */
  countStored: () => Promise<number>
}

const BARE = fileURLToPath(new URL('../bare-receiver/main.ts', import.meta.url))

export async function startBareReceiver(stage: Stage): Promise<Receiver> {
  await using started = new AsyncDisposableStack()
  const databaseUrl = await stage.postgres.createDatabase('bench_bare_receiver')
  const [port, token] = [await freePort(), randomBytes(30).toString('hex')]
  const env = {
    ...stage.environment.inherited,
    NODE_ENV: 'production',
    BARE_PORT: String(port),
    BARE_DATABASE_URL: databaseUrl,
    BARE_TOKEN: token,
  }
  const child = started.use(startCommand({ file: process.execPath, args: [BARE], env }))
  await waitForChild(child, async () => child.lastOutput().includes('ready'))
  const count = 'select coalesce(sum(cardinality(bodies)), 0)::int as n from received'
  const stored = started.use(counter(databaseUrl, count))
  const all = started.move()
  return {
    side: 'baseline',
    port,
    measuredPath: '/in/measured',
    floodedPath: '/in/flooded',
    authorization: `Bearer ${token}`,
    countStored: () => stored.count(),
    [Symbol.asyncDispose]: () => all.disposeAsync(),
  }
}

// The load comes from one address and, but for the flood, goes to one source.
const PACE = { POSTHORN_INGEST_ADDRESS_RATE: '1000000', POSTHORN_INGEST_SOURCE_RATE: '1000000' }

export async function startPosthornReceiver(stage: Stage): Promise<Receiver> {
  await using started = new AsyncDisposableStack()
  const port = await freePort()
  const posthorn = started.use(
    await startPosthorn(stage, {
      arrangement: { name: 'ingest', processes: ['api,ingest'], queue: 'postgres' },
      label: 'ingest',
      settings: { ...PACE, POSTHORN_INGEST_PORT: String(port) },
    }),
  )
  const token = randomBytes(30).toString('hex')
  const path = async (name: string) => {
    // A type whose sender proves itself by a bearer token, and whose events are told apart by their body.
    const source = { name, type: 'openclaw', config: { secret: token } }
    const created = await posthorn.api.post('/../../ingest/api/v1/source', source)
    idOf(created)
    return new URL(urlOf(created)).pathname
  }
  const databaseUrl = stage.postgres.urlOf('bench_posthorn_ingest')
  const count = started.use(counter(databaseUrl, 'select count(*)::int as n from message'))
  const [measuredPath, floodedPath] = [await path('measured'), await path('flooded')]
  const all = started.move()
  return {
    side: 'posthorn',
    port,
    measuredPath,
    floodedPath,
    authorization: `Bearer ${token}`,
    countStored: () => count.count(),
    [Symbol.asyncDispose]: () => all.disposeAsync(),
  }
}

function urlOf(created: unknown): string {
  if (typeof created === 'object' && created !== null && 'ingestUrl' in created)
    return String(created.ingestUrl)
  throw new Error('the API answered without a URL')
}

function counter(connectionString: string, sql: string) {
  const pool = new pg.Pool({ connectionString, max: 1 })
  pool.on('error', () => {})
  return {
    async count(): Promise<number> {
      const { rows } = await pool.query<{ n: number }>(sql)
      return rows[0]?.n ?? 0
    },
    [Symbol.asyncDispose]: () => pool.end(),
  }
}
