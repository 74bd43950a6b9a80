import { describe, expect, it } from 'vitest'
import { expectNothingLost } from './expect-nothing-lost.ts'
import { BACKENDS, findRepeated, type Platform, startLoad, startPlatform } from './kill-setup.ts'

// A third of it where nothing else runs.
const TIMEOUT_MS = 240_000

/** Kills and starts again whom `victims` names, each after a random stretch of accepted messages. */
async function survive(platform: Platform, victims: readonly (readonly string[])[]) {
  const load = startLoad(platform)
  for (const group of victims) {
    await load.more(50 + Math.floor(Math.random() * 100))
    await Promise.all(group.map((roles) => platform.processes.kill(roles)))
    await platform.redis?.run('FLUSHALL')
    for (const roles of group) await platform.processes.start(roles)
  }
  await load.more(50)
  await load.stop()
  return load.accepted
}

describe.each(BACKENDS)('killed without warning under load, on %s', (backend) => {
  it(
    'one process with both roles loses nothing and repeats only what was in flight',
    { timeout: TIMEOUT_MS },
    async () => {
      await using platform = await startPlatform(backend, ['api,worker'])
      const accepted = await survive(platform, [['api,worker'], ['api,worker'], ['api,worker']])
      await expectNothingLost(platform, accepted)
      expect(await findRepeated(platform)).toEqual([])
    },
  )

  it(
    'api and worker apart, each and both, lose nothing and repeat only what was in flight',
    { timeout: TIMEOUT_MS },
    async () => {
      await using platform = await startPlatform(backend, ['api', 'worker'])
      const accepted = await survive(platform, [['worker'], ['api'], ['worker', 'api']])
      await expectNothingLost(platform, accepted)
      expect(await findRepeated(platform)).toEqual([])
    },
  )
})
