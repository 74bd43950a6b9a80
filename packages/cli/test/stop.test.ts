import { describe, expect, it } from 'vitest'
import { expectNothingLost } from './expect-nothing-lost.ts'
import { BACKENDS, type Platform, startLoad, startPlatform } from './kill-setup.ts'

// A third of it where nothing else runs.
const TIMEOUT_MS = 240_000
const LONGEST_EXIT_MS = 30_000

async function expectOrderlyEnd(platform: Platform, roles: string): Promise<void> {
  const beganAtMs = performance.now()
  expect(await platform.processes.stop(roles)).toEqual([0, null])
  expect(performance.now() - beganAtMs).toBeLessThan(LONGEST_EXIT_MS)
}

/** What the queue holds is nobody's yet. */
async function countHeldLeases(platform: Platform): Promise<number> {
  const { rows } = await platform.db.hot.query(`SELECT 1 FROM lease WHERE worker <> 'queue'`)
  return rows.length
}

describe('SIGTERM under load', () => {
  it(
    'while the receiver hangs ends what is in flight, hands on the rest and loses nothing',
    { timeout: TIMEOUT_MS },
    async () => {
      await using platform = await startPlatform('postgres', ['api,worker'], {
        env: { POSTHORN_REQUEST_TIMEOUT: '3', POSTHORN_BREAKER_AFTER: '0' },
      })
      const load = startLoad(platform)
      await load.more(50)
      platform.receiver.replies('hang')
      await load.more(50)
      await expectOrderlyEnd(platform, 'api,worker')
      expect(await countHeldLeases(platform)).toBe(0)
      platform.receiver.replies(200)
      await platform.processes.start('api,worker')
      await load.more(20)
      await load.stop()
      await expectNothingLost(platform, load.accepted)
    },
  )

  it.runIf(BACKENDS.includes('redis'))(
    'while Redis hangs ends what is in flight, hands on the rest and loses nothing',
    { timeout: TIMEOUT_MS },
    async () => {
      await using platform = await startPlatform('redis', ['api', 'worker'])
      const load = startLoad(platform)
      await load.more(50)
      platform.redis?.freeze()
      await load.more(50)
      await Promise.all([expectOrderlyEnd(platform, 'worker'), expectOrderlyEnd(platform, 'api')])
      expect(await countHeldLeases(platform)).toBe(0)
      platform.redis?.thaw()
      await Promise.all([platform.processes.start('worker'), platform.processes.start('api')])
      await load.more(20)
      await load.stop()
      await expectNothingLost(platform, load.accepted)
    },
  )
})

describe('a log whose reader', () => {
  it.each(['never reads', 'goes away'])(
    '%s delays and loses nothing',
    { timeout: TIMEOUT_MS },
    async (how) => {
      await using platform = await startPlatform('postgres', ['api,worker'], {
        env: { POSTHORN_LOG_LEVEL: 'debug' },
        log: 'pipe',
      })
      const load = startLoad(platform)
      if (how === 'goes away') platform.processes.closeLog('api,worker')
      // A pipe holds 64 kB, which is less than a hundred messages write.
      await load.more(500)
      await load.stop()
      await expectNothingLost(platform, load.accepted)
      await expectOrderlyEnd(platform, 'api,worker')
    },
  )
})
