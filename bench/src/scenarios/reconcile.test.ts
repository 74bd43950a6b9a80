import { describe, expect, test } from 'vitest'
import type { Application } from '../contender.ts'
import type { LoadReport } from '../load/load-plan.ts'
import type { LedgerPage } from '../receive/ledger.ts'
import { reconcile } from './reconcile.ts'

const applications: Application[] = [
  { id: 'app_a', publishPath: '/a', endpoints: [numbered(1)] },
  { id: 'app_b', publishPath: '/b', endpoints: [numbered(2), numbered(3)] },
]

describe('reconcile', () => {
  test('misses a delivery that one of two endpoints never got', () => {
    const found = reconcile(applications, accepted(['msg_1', 1]), arrivals(['msg_1', 2]))
    expect(found).toMatchObject({ expected: 2, arrived: 1, lost: 1, duplicates: 0 })
  })

  test('does not take an arrival at another application for the one expected', () => {
    const found = reconcile(applications, accepted(['msg_1', 0]), arrivals(['msg_1', 2]))
    expect(found).toMatchObject({ expected: 1, arrived: 0, lost: 1 })
  })

  test('counts what came twice, and what nobody was told was accepted', () => {
    const seen = arrivals(['msg_1', 1], ['msg_1', 1], ['msg_9', 1])
    const found = reconcile(applications, accepted(['msg_1', 0]), seen)
    expect(found).toMatchObject({ lost: 0, duplicates: 1, strangers: 1 })
  })

  test('measures from when a message should have been sent', () => {
    const found = reconcile(applications, accepted(['msg_1', 0]), arrivals(['msg_1', 1]))
    expect(found.latenciesMs.get(1)).toEqual([5])
  })
})

function numbered(number: number) {
  return { number, id: `ep_${number}` }
}

function accepted(...messages: [string, number][]): LoadReport {
  return {
    ids: messages.map(([id]) => id),
    pathIndexes: Uint32Array.from(messages, ([, index]) => index),
    intendedUs: Float64Array.from(messages, () => 1_000),
    answeredUs: Float64Array.from(messages, () => 2_000),
    refused: {},
  }
}

function arrivals(...entries: [string, number][]): LedgerPage {
  return {
    ids: entries.map(([id]) => id),
    endpoints: Uint32Array.from(entries, ([, endpoint]) => endpoint),
    arrivedUs: Float64Array.from(entries, () => 6_000),
  }
}
