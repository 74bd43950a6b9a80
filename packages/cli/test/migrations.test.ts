import { setTimeout as delay } from 'node:timers/promises'
import { isMigrated, openDatabase } from '@posthorn/db'
import { MIGRATION_LOCK } from '@posthorn/db/migrate'
import { freePort, startTestDatabase } from '@posthorn/test-kit'
import { describe, expect, it } from 'vitest'
import { EXIT_REFUSED } from '../src/command-error.ts'
import { type Run, setup } from './cli-setup.ts'

const SECRETS = {
  POSTHORN_JWT_SECRET: 'a-signing-secret-that-is-long-enough',
  POSTHORN_ENCRYPTION_KEYS: Buffer.alloc(32).toString('base64'),
}

/** A server with a database in which nothing is yet. */
async function setupEmpty() {
  await using stack = new AsyncDisposableStack()
  const { url } = stack.use(await startTestDatabase())
  const admin = stack.use(openDatabase({ url }))
  await admin.hot.query('CREATE DATABASE empty')
  const empty = Object.assign(new URL(url), { pathname: '/empty' }).href
  const db = stack.use(openDatabase({ url: empty }))
  const cli = stack.use(await setup({ DATABASE_URL: empty, ...SECRETS }))
  const resources = stack.move()
  return { db, cli, url: empty, [Symbol.asyncDispose]: () => resources.disposeAsync() }
}

describe('eight processes that migrate an empty database at once', () => {
  it('all end well, one of them having done it', { timeout: 120_000 }, async () => {
    await using bench = await setupEmpty()
    const runs = Array.from({ length: 8 }, () => bench.cli.posthorn('migrate'))
    const ends = await Promise.all(runs.map((run) => run.ended))
    expect(ends).toEqual(Array(8).fill([0, null]))
    expect(await isMigrated(bench.db.hot)).toBe(true)
    const { rows } = await bench.db.hot.query<{ times: number }>(
      'SELECT max(count)::int AS times FROM (SELECT count(*) FROM _prisma_migrations GROUP BY migration_name) t',
    )
    expect(rows).toEqual([{ times: 1 }])
  })

  it('need nobody when some are killed meanwhile', { timeout: 120_000 }, async () => {
    await using bench = await setupEmpty()
    const runs = Array.from({ length: 6 }, () => bench.cli.posthorn('migrate'))
    const doomed = runs.slice(0, 3)
    // At the moment the first one holds the lock and is at work, or right after.
    await expect
      .poll(
        async () => {
          const { rows } = await bench.db.hot.query(
            `SELECT 1 FROM pg_locks WHERE locktype = 'advisory' LIMIT 1`,
          )
          return rows.length
        },
        { timeout: 30_000, interval: 5 },
      )
      .toBe(1)
    for (const { child } of doomed) child.kill('SIGKILL')
    const ends = await Promise.all(runs.slice(3).map((run) => run.ended))
    expect(ends).toEqual(Array(3).fill([0, null]))
    expect(await isMigrated(bench.db.hot)).toBe(true)
  })
})

/** Long enough to see that nobody gives up; in earnest a migration may take minutes. */
const HELD_MS = 3_000

interface Process {
  readonly run: Run
  /** Null: nothing listens. */
  readonly ping: () => Promise<number | null>
}

/** Processes with one role each, on ports of their own. */
async function startProcesses(url: string, roles: readonly ('api' | 'worker')[]) {
  await using stack = new AsyncDisposableStack()
  const processes: Process[] = []
  for (const role of roles) {
    const port = await freePort()
    const settings = { DATABASE_URL: url, HOST: '127.0.0.1', ...SECRETS }
    const portOf = { api: 'PORT', worker: 'POSTHORN_WORKER_PORT' }[role]
    const cli = stack.use(await setup({ ...settings, [portOf]: String(port) }))
    const ping = () =>
      fetch(`http://127.0.0.1:${port}/api/v1/health/ping`).then(
        ({ status }) => status,
        () => null,
      )
    processes.push({ run: cli.posthorn('run', role), ping })
  }
  const resources = stack.move()
  const pings = () => Promise.all(processes.map(({ ping }) => ping()))
  const exits = () => processes.map(({ run }) => run.child.exitCode)
  return { pings, exits, [Symbol.asyncDispose]: () => resources.disposeAsync() }
}

describe('three apis and two workers that start together on an empty database', () => {
  it('wait while another migrates it, none of them ready, and serve after', async () => {
    await using bench = await setupEmpty()
    await using migrator = openDatabase({ url: bench.url, hotConnections: 1 })
    await migrator.hot.query('SELECT pg_advisory_lock($1)', [MIGRATION_LOCK])
    const roles = ['api', 'api', 'api', 'worker', 'worker'] as const
    await using started = await startProcesses(bench.url, roles)
    const waiting = async () => {
      const { rows } = await bench.db.hot.query<{ count: number }>(
        `SELECT count(*)::int FROM pg_locks WHERE locktype = 'advisory' AND NOT granted`,
      )
      return rows[0]?.count
    }
    await expect.poll(waiting, { timeout: 60_000 }).toBe(roles.length)
    const untilMs = performance.now() + HELD_MS
    while (performance.now() < untilMs) {
      expect(started.exits()).toEqual(Array(roles.length).fill(null))
      expect(await started.pings()).toEqual(Array(roles.length).fill(null))
      await delay(200)
    }
    expect(await waiting()).toBe(roles.length)
    await migrator.hot.query('SELECT pg_advisory_unlock($1)', [MIGRATION_LOCK])
    await expect
      .poll(() => started.pings(), { timeout: 60_000 })
      .toEqual(Array(roles.length).fill(204))
    expect(started.exits()).toEqual(Array(roles.length).fill(null))
  })
})

describe('a database whose schema is not that of this code', () => {
  it.each([
    [
      'has a migration of a newer version',
      `INSERT INTO _prisma_migrations (id, checksum, migration_name, finished_at)
       VALUES ('later', 'later', '99990101000000_later', now())`,
      /^posthorn: The database has migrations that this version does not know \(99990101000000_later\): start the newer version\.\n$/,
    ],
    [
      'was migrated by a file that has been changed since',
      `UPDATE _prisma_migrations SET checksum = 'another' WHERE migration_name =
         (SELECT min(migration_name) FROM _prisma_migrations)`,
      /^posthorn: Migration \d+_\w+ is not the one that was applied\.\n$/,
    ],
  ])('is refused with one line where it %s', async (_what, change, line) => {
    await using database = await startTestDatabase()
    await using db = openDatabase({ url: database.url })
    await db.hot.query(change)
    await using cli = await setup({ DATABASE_URL: database.url, ...SECRETS })
    const runs = [
      [EXIT_REFUSED, cli.posthorn('run', 'api')],
      [EXIT_REFUSED, cli.posthorn('run', 'worker')],
      [1, cli.posthorn('start')],
    ] as const
    for (const [code, run] of runs) {
      expect(await run.ended).toEqual([code, null])
      expect(run.output()).toMatch(line)
    }
  })
})
