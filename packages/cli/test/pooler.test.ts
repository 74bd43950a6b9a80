import { openDatabase } from '@posthorn/db'
import { startTestDatabase, waitFor } from '@posthorn/test-kit'
import { describe, expect, it } from 'vitest'
import { countArrivals, isSettled, startLoad, startPlatform } from './kill-setup.ts'
import { hasPooler, startPooler } from './pooler.ts'

const TIMEOUT_MS = 240_000

// Where PgBouncer is too old for named statements, or not installed, these are not among the tests.
describe.runIf(hasPooler())('behind a transaction-mode pooler', () => {
  it(
    'what is accepted is delivered, also after api and worker were killed',
    { timeout: TIMEOUT_MS },
    async () => {
      await using stack = new AsyncDisposableStack()
      await using platform = await startPlatform('postgres', ['api', 'worker'], {
        env: async (url) => {
          const pooler = stack.use(await startPooler(url))
          return { DATABASE_URL: pooler.url, DATABASE_DIRECT_URL: url }
        },
      })
      const load = startLoad(platform)
      await load.more(300)
      for (const roles of ['worker', 'api']) {
        await platform.processes.kill(roles)
        await platform.processes.start(roles)
        await load.more(300)
      }
      await load.stop()
      await waitFor('every delivery settled', () => isSettled(platform), 40_000)
      const arrivals = countArrivals(platform.receiver)
      expect([...load.accepted.values()].filter((id) => !arrivals.has(id))).toEqual([])
    },
  )

  it("a session's time zone is ours, and its other settings are the role's", async () => {
    await using direct = await startTestDatabase()
    await giveRole(direct.url, { timezone: 'Asia/Kolkata', statement_timeout: '7s' })
    await using pooler = await startPooler(direct.url)
    await using db = openDatabase({ url: pooler.url, directUrl: direct.url })
    const settings = `SELECT current_setting('timezone') AS zone, current_setting('statement_timeout') AS most`
    const ours = { zone: 'UTC', most: '7s' }
    expect((await db.hot.query(settings)).rows).toEqual([ours])
    expect(await db.prisma.$queryRawUnsafe(settings)).toEqual([ours])
  })
})

async function giveRole(url: string, settings: Readonly<Record<string, string>>): Promise<void> {
  await using db = openDatabase({ url })
  for (const [name, value] of Object.entries(settings))
    await db.hot.query(`ALTER ROLE CURRENT_USER SET ${name} = '${value}'`)
}
