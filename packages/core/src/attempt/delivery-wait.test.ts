import type { DeliveryState } from '@posthorn/db'
import { describe, expect, it } from 'vitest'
import { deliveryWait, remainingAttempts } from './delivery-wait.ts'

const now = new Date('2026-11-25T12:00:00Z')
const inSeconds = (seconds: number) => new Date(now.getTime() + seconds * 1000)

const pending: DeliveryState = {
  trigger: 'scheduled',
  status: 'pending',
  attemptCount: 0,
  nextAttemptAt: now,
  wait: 'time',
  cause: null,
  actor: null,
  taskId: null,
  ahead: null,
  now,
  rate: null,
  breakerOpenedAt: null,
  leaseToken: null,
  heldUntil: null,
  nextTurnAt: null,
}
const turn = { ...pending, wait: 'turn', ahead: 0 } as const

describe('deliveryWait', () => {
  it.each<[string, Partial<DeliveryState>, ReturnType<typeof deliveryWait>]>([
    ['due', pending, { reason: 'due', until: null }],
    [
      'between attempts',
      { ...pending, nextAttemptAt: inSeconds(300) },
      { reason: 'retry', until: inSeconds(300) },
    ],
    ['in flight', { ...pending, wait: null }, { reason: 'in_flight', until: null }],
    [
      'over the rate, nineteen before it',
      { ...turn, rate: 10, ahead: 19 },
      { reason: 'rate_limited', until: inSeconds(2) },
    ],
    ['over the cap', turn, { reason: 'capped', until: null }],
    [
      'behind the breaker',
      { ...turn, rate: 10, breakerOpenedAt: now, nextTurnAt: inSeconds(60) },
      { reason: 'breaker', until: inSeconds(60) },
    ],
    [
      'held by a Retry-After, whatever else',
      { ...turn, breakerOpenedAt: now, heldUntil: inSeconds(90) },
      { reason: 'retry_after', until: inSeconds(90) },
    ],
    ['delivered', { ...pending, status: 'delivered', wait: null }, null],
  ])('says why one that is %s waits', (_, state, expected) => {
    expect(deliveryWait({ ...pending, ...state })).toEqual(expected)
  })
})

describe('remainingAttempts', () => {
  it('goes on from the next attempt, by the schedule', () => {
    const state = { ...pending, attemptCount: 2, nextAttemptAt: inSeconds(10) }
    expect(remainingAttempts(state, [5, 300, 1_800])).toEqual([
      { number: 3, at: inSeconds(10) },
      { number: 4, at: inSeconds(1_810) },
    ])
  })

  it('is one attempt by hand, and none when it is over', () => {
    expect(remainingAttempts({ ...pending, trigger: 'manual' }, [5])).toEqual([
      { number: 1, at: now },
    ])
    expect(remainingAttempts({ ...pending, status: 'failed' }, [5])).toEqual([])
  })
})
