import { isMigrated, openDatabase } from '@posthorn/db'
import { startTestDatabase } from '@posthorn/test-kit'
import { describe, expect, it } from 'vitest'
import { setup } from './cli-setup.ts'

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
  return { db, cli, [Symbol.asyncDispose]: () => resources.disposeAsync() }
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
