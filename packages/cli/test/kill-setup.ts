import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { rm } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { openDatabase } from '@posthorn/db'
import {
  freePort,
  makeTestFolder,
  type Receiver,
  startReceiver,
  startRedisServer,
  startTestDatabase,
  type TestDatabase,
  waitFor,
} from '@posthorn/test-kit'

const PROGRAM = fileURLToPath(new URL('../src/posthorn.ts', import.meta.url))

export type Backend = 'postgres' | 'redis'
// CI sets it where redis-server is at hand; the test starts one of its own, since it empties it.
export const BACKENDS: readonly Backend[] =
  process.env['REDIS_URL'] === undefined ? ['postgres'] : ['postgres', 'redis']

export type Platform = Awaited<ReturnType<typeof startPlatform>>

type Env = Readonly<Record<string, string>>

export interface PlatformOptions {
  /** Settings, or what makes them for this database. */
  readonly env?: Env | ((databaseUrl: string) => Promise<Env>)
  /** Default: one of its own. */
  readonly database?: TestDatabase
  /** Where the processes log. Default: nowhere. */
  readonly log?: 'ignore' | 'pipe'
}

/** Real processes on a database (and Redis) that outlive them. `groups`: the roles of each process. */
export async function startPlatform(
  backend: Backend,
  groups: readonly string[],
  options: PlatformOptions = {},
) {
  await using stack = new AsyncDisposableStack()
  const { url } = options.database ?? stack.use(await startTestDatabase())
  const redis = backend === 'redis' ? stack.use(await startRedisServer()) : null
  const receiver = stack.use(await startReceiver())
  const dataFolder = await makeTestFolder('kill')
  stack.defer(() => rm(dataFolder, { recursive: true, force: true }))
  const env = {
    ...settings(url, dataFolder),
    PORT: `${await freePort()}`,
    ...redisEnv(redis?.url),
    ...(typeof options.env === 'function' ? await options.env(url) : options.env),
  }
  const db = stack.use(openDatabase({ url }))
  const processes = stack.use(new Processes(env, options.log ?? 'ignore'))
  for (const roles of groups) await processes.start(roles)
  const token = await createToken(env)
  const call = createCall(`http://127.0.0.1:${env.PORT}/api/v1`, token)
  const { id: appId } = await call('POST', '/app', { name: 'killed' })
  await call('POST', `/app/${appId}/endpoint`, { url: receiver.url })
  const resources = stack.move()
  return {
    db,
    redis,
    receiver,
    processes,
    call,
    /** The command line beside these processes. */
    posthorn: (...args: readonly string[]) => command(env, args),
    publish: (n: number, key: string) =>
      call('POST', `/app/${appId}/msg`, { eventType: 'kill.test', payload: { n } }, key),
    [Symbol.asyncDispose]: () => resources.disposeAsync(),
  }
}

function settings(databaseUrl: string, dataFolder: string) {
  const { REDIS_URL: _redis, DATABASE_URL: _database, ...inherited } = process.env
  return {
    ...inherited,
    POSTHORN_MODE: 'local',
    POSTHORN_DATA: dataFolder,
    DATABASE_URL: databaseUrl,
    POSTHORN_JWT_SECRET: 'a secret for this test, and no other',
    POSTHORN_ENCRYPTION_KEYS: Buffer.alloc(32, 7).toString('base64'),
    POSTHORN_RETRY_SCHEDULE: '1,1,1,1,1,1,1,1',
    // Leases last five seconds longer.
    POSTHORN_REQUEST_TIMEOUT: '1',
    POSTHORN_LOG_LEVEL: 'silent',
  }
}

function redisEnv(url: string | undefined): Record<string, string> {
  return url === undefined ? {} : { REDIS_URL: url }
}

class Processes implements AsyncDisposable {
  readonly #env: NodeJS.ProcessEnv
  readonly #log: 'ignore' | 'pipe'
  readonly #children = new Map<string, ChildProcess>()

  constructor(env: NodeJS.ProcessEnv, log: 'ignore' | 'pipe') {
    this.#env = env
    this.#log = log
  }

  async start(roles: string): Promise<void> {
    const child = spawn(process.execPath, [PROGRAM, 'run', roles], {
      env: this.#env,
      stdio: ['ignore', this.#log, 'ignore', 'ipc'],
    })
    this.#children.set(roles, child)
    const [message] = await Promise.race([once(child, 'message'), once(child, 'exit')])
    if (typeof message !== 'object') throw new Error(`${roles} ended at its start: ${message}`)
  }

  kill(roles: string): Promise<unknown> {
    return this.#end(roles, 'SIGKILL')
  }

  /** Exit code and signal. */
  stop(roles: string): Promise<unknown> {
    return this.#end(roles, 'SIGTERM')
  }

  async #end(roles: string, signal: NodeJS.Signals): Promise<unknown> {
    const child = this.#children.get(roles)
    if (child === undefined) return null
    const ended = once(child, 'exit')
    child.kill(signal)
    const end = await ended
    this.#children.delete(roles)
    return end
  }

  /** The reader of its log goes away. */
  closeLog(roles: string): void {
    this.#children.get(roles)?.stdout?.destroy()
  }

  signal(roles: string, signal: NodeJS.Signals): void {
    this.#children.get(roles)?.kill(signal)
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all([...this.#children.keys()].map((roles) => this.kill(roles)))
  }
}

async function createToken(env: NodeJS.ProcessEnv): Promise<string> {
  return (await command(env, ['token'])).split('\n').at(-1) ?? ''
}

/** What it prints. */
async function command(env: NodeJS.ProcessEnv, args: readonly string[]): Promise<string> {
  const child = spawn(process.execPath, [PROGRAM, ...args], {
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let output = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => (output += text))
  await once(child, 'close')
  return output.trim()
}

function createCall(base: string, token: string) {
  return async (...[method, path, body, key]: Call): Promise<{ id: string }> => {
    const response = await fetch(base + path, {
      method,
      headers: {
        authorization: `Bearer ${token}`,
        'content-type': 'application/json',
        ...(key !== undefined && { 'idempotency-key': key }),
      },
      body: JSON.stringify(body),
      signal: AbortSignal.timeout(10_000),
    })
    const text = await response.text()
    if (!response.ok) throw new Error(`${response.status} ${text}`)
    const { id } = JSON.parse(text) as { id: string }
    return { id }
  }
}

type Call = [method: string, path: string, body: unknown, key?: string]

/** Publishes without pause until stopped; what fails goes again with the same key. Keeps what was accepted. */
export function startLoad(platform: Platform) {
  const accepted = new Map<number, string>()
  let next = 0
  let isStopped = false
  const publishOne = (n: number): Promise<void> =>
    waitFor(
      `message ${n} accepted`,
      async () => {
        const answer = await platform.publish(n, `kill-${n}`).catch(() => null)
        if (answer !== null) accepted.set(n, answer.id)
        return answer !== null
      },
      30_000,
    )
  const loop = async (): Promise<void> => {
    while (!isStopped) await publishOne(next++)
  }
  const loops = Array.from({ length: 8 }, loop)
  // Told by `stop`; a test that fails before that has its own reason.
  for (const running of loops) running.catch(() => undefined)
  return {
    accepted,
    /** Until so many more were accepted. */
    async more(count: number): Promise<void> {
      const target = accepted.size + count
      await waitFor(`${count} more accepted`, () => accepted.size >= target, 40_000)
    },
    async stop(): Promise<void> {
      isStopped = true
      await Promise.all(loops)
    },
  }
}

/** Requests by message. */
export function countArrivals(receiver: Receiver): Map<string, number> {
  const counts = new Map<string, number>()
  for (const { messageId } of receiver.requests)
    counts.set(messageId, (counts.get(messageId) ?? 0) + 1)
  return counts
}

/** The attempts recorded of each message: made, or lost with a worker and perhaps made. */
async function countAttempts(platform: Platform): Promise<Map<string, number>> {
  const { rows } = await platform.db.hot.query<{ id: string; attempts: number }>(
    `SELECT message_id AS id, count(*)::int AS attempts FROM attempt GROUP BY message_id`,
  )
  return new Map(rows.map((row) => [row.id, row.attempts]))
}

/**
 * Requests beyond the attempts recorded of their message. A worker that died in flight, or an answer that
 * came too late, is an attempt of its own: what is left over was sent without any.
 */
export async function findUnaccounted(platform: Platform): Promise<[string, number][]> {
  const attempts = await countAttempts(platform)
  return [...countArrivals(platform.receiver)].filter(
    ([id, requests]) => requests > (attempts.get(id) ?? 0),
  )
}

/**
 * Of a receiver that answers every request with 200 at once: messages without exactly one successful attempt, or
 * with more requests than that one and those whose end nobody saw. What was in flight when its worker died is
 * recorded as lost, whether it arrived or only its record was missing; an answer that a stalled machine took too
 * long for, as timed out.
 */
export async function findRepeated(platform: Platform): Promise<string[]> {
  const { rows } = await platform.db.hot.query<{ id: string; taken: number; unseen: number }>(
    `SELECT message_id AS id, (count(*) FILTER (WHERE success))::int AS taken,
            (count(*) FILTER (WHERE NOT success AND (code = 'worker_lost' OR code LIKE '%\\_timeout')))::int AS unseen
       FROM attempt GROUP BY message_id`,
  )
  const arrivals = countArrivals(platform.receiver)
  return rows
    .filter(({ id, taken, unseen }) => taken !== 1 || (arrivals.get(id) ?? 0) > taken + unseen)
    .map(({ id }) => id)
}

/** Nothing waits, nothing is in flight. */
export async function isSettled(platform: Platform): Promise<boolean> {
  const { rows } = await platform.db.hot.query(
    `SELECT 1 FROM delivery WHERE status = 'pending' UNION ALL SELECT 1 FROM lease LIMIT 1`,
  )
  return rows.length === 0
}
