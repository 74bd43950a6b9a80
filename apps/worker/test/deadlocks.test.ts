import { describe, it } from 'vitest'
import { expectNoDeadlock } from './deadlock-steps.ts'

describe('publishing, delivering, recovering, changing and expunging at once', () => {
  it('never waits in a circle', { timeout: 120_000 }, () =>
    expectNoDeadlock({ publishers: 2, workers: 2, messages: 500, withinMs: 60_000 }),
  )
})
