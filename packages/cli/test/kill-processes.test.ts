import { waitFor } from '@posthorn/test-kit'
import { describe, expect, it } from 'vitest'
import {
  BACKENDS,
  countArrivals,
  findUnaccounted,
  isSettled,
  type Platform,
  startLoad,
  startPlatform,
} from './kill-setup.ts'

// A third of it where nothing else runs.
const TIMEOUT_MS = 120_000

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

async function expectNothingLost(platform: Platform, accepted: ReadonlyMap<number, string>) {
  const ids = [...accepted.values()]
  const missing = () => {
    const arrived = countArrivals(platform.receiver)
    return ids.filter((id) => !arrived.has(id))
  }
  await waitFor('every accepted message', () => missing().length === 0, 40_000)
  await waitFor('every delivery settled', () => isSettled(platform), 40_000)
  expect(await findUnaccounted(platform)).toEqual([])
  // One message per key, however often its publish was repeated.
  const seen = new Map<number, string>()
  for (const { messageId, body } of platform.receiver.requests) {
    const { n } = JSON.parse(body.toString('utf8')) as { n: number }
    expect(seen.get(n) ?? messageId).toBe(messageId)
    seen.set(n, messageId)
  }
}

describe.each(BACKENDS)('killed without warning under load, on %s', (backend) => {
  it(
    'one process with both roles loses nothing and repeats only what was in flight',
    { timeout: TIMEOUT_MS },
    async () => {
      await using platform = await startPlatform(backend, ['api,worker'])
      const accepted = await survive(platform, [['api,worker'], ['api,worker'], ['api,worker']])
      await expectNothingLost(platform, accepted)
    },
  )

  it(
    'api and worker apart, each and both, lose nothing and repeat only what was in flight',
    { timeout: TIMEOUT_MS },
    async () => {
      await using platform = await startPlatform(backend, ['api', 'worker'])
      const accepted = await survive(platform, [['worker'], ['api'], ['worker', 'api']])
      await expectNothingLost(platform, accepted)
    },
  )
})
