import { describe, it } from 'vitest'
import { expectNoDeadlock } from './deadlock-steps.ts'

describe('five thousand messages to twenty endpoints, by two publishers and four workers', () => {
  it('never wait in a circle with recovering, changing and expunging', () =>
    expectNoDeadlock({ publishers: 2, workers: 4, messages: 5_000, withinMs: 400_000 }))
})
