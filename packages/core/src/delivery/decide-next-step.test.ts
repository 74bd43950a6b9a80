import { describe, expect, it } from 'vitest'
import { type AttemptedDelivery, decideNextStep } from './decide-next-step.ts'
import type { Outcome } from './outcome.ts'
import { DEFAULT_RETRY_SCHEDULE } from './retry-schedule.ts'

const NOW = Date.UTC(2026, 10, 25)

function refused(
  status: number,
  headers: Record<string, string> = {},
  code = `http_${status}`,
): Outcome {
  return {
    kind: 'refused',
    code,
    params: {},
    response: { status, headers, body: '' },
    timing: null,
  }
}

function delivery(overrides: Partial<AttemptedDelivery> = {}): AttemptedDelivery {
  return {
    trigger: 'scheduled',
    attemptNumber: 1,
    lostCount: 0,
    schedule: DEFAULT_RETRY_SCHEDULE,
    ...overrides,
  }
}

describe('decideNextStep', () => {
  it('tries at once, and then as customers are told: 5 s, 5 min, 30 min, 2 h, 5 h, 10 h, 10 h', () => {
    expect(DEFAULT_RETRY_SCHEDULE).toEqual([5, 300, 1800, 7200, 18_000, 36_000, 36_000])
  })

  it.each(
    [5, 300, 1800, 7200, 18_000, 36_000, 36_000].map((seconds, index) => [index + 1, seconds]),
  )('waits after attempt %i about %i s, with 15 %% jitter either way', (attemptNumber, seconds) => {
    for (let i = 0; i < 50; i++) {
      const next = decideNextStep(refused(500), delivery({ attemptNumber }), NOW)
      if (next.kind !== 'retry') throw new Error(`not a retry: ${next.kind}`)
      expect(next.inSeconds).toBeGreaterThanOrEqual(seconds * 0.85)
      expect(next.inSeconds).toBeLessThanOrEqual(seconds * 1.15)
    }
  })

  it('gives up after the eighth attempt', () => {
    expect(decideNextStep(refused(500), delivery({ attemptNumber: 8 }), NOW)).toMatchObject({
      kind: 'failed',
      exhausted: true,
    })
  })

  it('makes one attempt where the schedule is empty, and for a resend', () => {
    expect(decideNextStep(refused(500), delivery({ schedule: [] }), NOW)).toMatchObject({
      kind: 'failed',
    })
    expect(decideNextStep(refused(500), delivery({ trigger: 'manual' }), NOW)).toMatchObject({
      kind: 'failed',
    })
  })

  it('waits for the later of schedule and Retry-After, and holds the whole endpoint only for a 429', () => {
    const busy = decideNextStep(refused(429, { 'retry-after': '60' }), delivery(), NOW)
    expect(busy).toEqual({ kind: 'retry', inSeconds: 60, holdSeconds: 60 })
    const down = decideNextStep(refused(503, { 'retry-after': '60' }), delivery(), NOW)
    expect(down).toEqual({ kind: 'retry', inSeconds: 60, holdSeconds: null })
    const early = decideNextStep(
      refused(503, { 'retry-after': '1' }),
      delivery({ attemptNumber: 2 }),
      NOW,
    )
    expect(early).toMatchObject({ kind: 'retry', holdSeconds: null })
  })

  it('obeys a Retry-After date, but for 24 hours at most', () => {
    const at = new Date(NOW + 3_600_000).toUTCString()
    expect(decideNextStep(refused(429, { 'retry-after': at }), delivery(), NOW)).toMatchObject({
      inSeconds: 3600,
    })
    expect(
      decideNextStep(refused(429, { 'retry-after': '999999999' }), delivery(), NOW),
    ).toMatchObject({ inSeconds: 86_400 })
  })

  it('stops for good, and disables the endpoint, when the receiver is gone or asks for it', () => {
    expect(decideNextStep(refused(410), delivery(), NOW)).toMatchObject({
      kind: 'failed',
      disable: true,
    })
    expect(decideNextStep(refused(200, {}, 'receiver_disabled'), delivery(), NOW)).toMatchObject({
      disable: true,
    })
    expect(decideNextStep(refused(500, {}, 'receiver_aborted'), delivery(), NOW)).toMatchObject({
      kind: 'failed',
      disable: false,
    })
  })

  it('repeats a lost attempt at once the first time, then on schedule, and never beyond it', () => {
    const lost: Outcome = { kind: 'lost' }
    expect(decideNextStep(lost, delivery(), NOW)).toMatchObject({ kind: 'retry', inSeconds: 0 })
    const again = decideNextStep(lost, delivery({ attemptNumber: 2, lostCount: 1 }), NOW)
    if (again.kind !== 'retry') throw new Error(`not a retry: ${again.kind}`)
    expect(again.inSeconds).toBeGreaterThan(200)
    expect(decideNextStep(lost, delivery({ attemptNumber: 8 }), NOW)).toMatchObject({
      kind: 'failed',
    })
  })

  it('spends no step on our own faults', () => {
    expect(decideNextStep({ kind: 'internal', detail: 'x' }, delivery(), NOW)).toMatchObject({
      kind: 'again',
    })
  })
})
