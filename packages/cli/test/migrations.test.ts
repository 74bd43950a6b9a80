import { isMigrated, openDatabase } from '@posthorn/db'
import { startTestDatabase } from '@posthorn/test-kit'
import { describe, expect, it } from 'vitest'
import { EXIT_REFUSED } from '../src/command-error.ts'
import { setup } from './cli-setup.ts'
import { expectPatience, SECRETS, setupEmpty } from './migration-steps.ts'

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

describe('three apis and two workers that start together on an empty database', () => {
  it('wait while another migrates it, none of them ready, and serve after', () =>
    expectPatience(['api', 'api', 'api', 'worker', 'worker'], HELD_MS))
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
