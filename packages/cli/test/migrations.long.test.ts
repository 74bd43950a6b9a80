import { setTimeout as pause } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { expectPatience, type Role, setupEmpty, startProcesses } from './migration-steps.ts'

const ROLES: readonly Role[] = [...Array<Role>(6).fill('api'), 'worker', 'worker']
const ROUNDS = 10
/** Eight processes start on what may be two busy cores. */
const READY_MS = 180_000
/** From before the first one has begun to migrate until after the last one is ready. */
const LATEST_KILL_MS = 4_000

describe('six apis and two workers that start together on an empty database', () => {
  it('are all ready and none exits, ten times', async () => {
    for (let round = 0; round < ROUNDS; round++) {
      await using bench = await setupEmpty()
      await using started = await startProcesses(bench.url, ROLES)
      const ready = ROLES.map(() => 204)
      await expect.poll(() => started.pings(), { timeout: READY_MS }).toEqual(ready)
      expect(started.exits()).toEqual(ROLES.map(() => null))
    }
  })

  it('are all ready but the one that is killed meanwhile, ten times', async () => {
    for (let round = 0; round < ROUNDS; round++) {
      await using bench = await setupEmpty()
      await using started = await startProcesses(bench.url, ROLES)
      await pause(Math.random() * LATEST_KILL_MS)
      const victim = Math.floor(Math.random() * ROLES.length)
      started.processes[victim]?.run.child.kill('SIGKILL')
      const ready = ROLES.map((_, index) => (index === victim ? null : 204))
      await expect.poll(() => started.pings(), { timeout: READY_MS }).toEqual(ready)
      expect(started.exits()).toEqual(ROLES.map(() => null))
    }
  })

  it('wait for a migration of 16 seconds, none of them ready before', () =>
    expectPatience(ROLES, 16_000))
})
