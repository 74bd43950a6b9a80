import { setTimeout as delay } from 'node:timers/promises'
import { openDatabase } from '@posthorn/db'
import { MIGRATION_LOCK } from '@posthorn/db/migrate'
import { freePort, startTestDatabase } from '@posthorn/test-kit'
import { expect } from 'vitest'
import { type Run, setup } from './cli-setup.ts'

export const SECRETS = {
  POSTHORN_JWT_SECRET: 'a-signing-secret-that-is-long-enough',
  POSTHORN_ENCRYPTION_KEYS: Buffer.alloc(32).toString('base64'),
}

/** A server with a database in which nothing is yet. */
export async function setupEmpty() {
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

export type Role = 'api' | 'worker'

interface Process {
  readonly run: Run
  /** Null: nothing listens. */
  readonly ping: () => Promise<number | null>
}

/** Processes with one role each, on ports of their own. */
export async function startProcesses(url: string, roles: readonly Role[]) {
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
  return { processes, pings, exits, [Symbol.asyncDispose]: () => resources.disposeAsync() }
}

/** Starts them on an empty database that somebody else migrates for so long. */
export async function expectPatience(roles: readonly Role[], heldMs: number): Promise<void> {
  await using bench = await setupEmpty()
  await using migrator = openDatabase({ url: bench.url, hotConnections: 1 })
  await migrator.hot.query('SELECT pg_advisory_lock($1)', [MIGRATION_LOCK])
  await using started = await startProcesses(bench.url, roles)
  const waiting = async () => {
    const { rows } = await bench.db.hot.query<{ count: number }>(
      `SELECT count(*)::int FROM pg_locks WHERE locktype = 'advisory' AND NOT granted`,
    )
    return rows[0]?.count
  }
  await expect.poll(waiting, { timeout: 60_000 }).toBe(roles.length)
  const ofAll = <T>(value: T): T[] => Array.from(roles, () => value)
  const untilMs = performance.now() + heldMs
  while (performance.now() < untilMs) {
    expect(started.exits()).toEqual(ofAll(null))
    expect(await started.pings()).toEqual(ofAll(null))
    await delay(200)
  }
  expect(await waiting()).toBe(roles.length)
  await migrator.hot.query('SELECT pg_advisory_unlock($1)', [MIGRATION_LOCK])
  await expect.poll(() => started.pings(), { timeout: 60_000 }).toEqual(ofAll(204))
  expect(started.exits()).toEqual(ofAll(null))
}
