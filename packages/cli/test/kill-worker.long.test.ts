import { describe, it } from 'vitest'
import { BACKENDS } from './kill-setup.ts'
import { expectScheduleKept } from './kill-worker-steps.ts'

describe.each(BACKENDS)('a worker that is killed twenty times, on %s', (backend) => {
  it('makes no more of 200 failing messages than the schedule has, and repeats only what was in flight', () =>
    expectScheduleKept(backend, {
      messages: 200,
      kills: 20,
      schedule: Array(11).fill(3),
      requestsBetween: 60,
    }))
})
