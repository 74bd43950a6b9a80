import { type FragileDatabase, startFragileDatabase } from '@posthorn/test-kit'
import { describe, it } from 'vitest'
import { expectNothingLost } from './expect-nothing-lost.ts'
import { BACKENDS, startLoad, startPlatform } from './kill-setup.ts'

// A third of it where nothing else runs.
const TIMEOUT_MS = 240_000

const FAULTS = ['restart', 'crash', 'kill'] as const satisfies readonly (keyof FragileDatabase)[]

const ARRANGEMENTS = BACKENDS.flatMap((backend) => [
  { backend, groups: ['api,worker'] },
  { backend, groups: ['api', 'worker'] },
])

describe('Postgres restarted, crashed and killed under load', () => {
  it.each(ARRANGEMENTS)(
    'loses nothing that was accepted, and all go on by themselves: $groups, queue on $backend',
    { timeout: TIMEOUT_MS },
    async ({ backend, groups }) => {
      await using database = await startFragileDatabase()
      await using platform = await startPlatform(backend, groups, { database })
      const load = startLoad(platform)
      for (const fault of FAULTS) {
        await load.more(50)
        await database[fault]()
      }
      await load.more(50)
      await load.stop()
      await expectNothingLost(platform, load.accepted)
    },
  )
})
