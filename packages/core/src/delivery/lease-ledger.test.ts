import { describe, expect, it } from 'vitest'
import { LeaseLedger } from './lease-ledger.ts'

describe('LeaseLedger', () => {
  it('ends a lease with its last delivery, not before', () => {
    const ledger = new LeaseLedger()
    ledger.add('a', 3)
    expect(ledger.endingWith(['a', 'a'])).toEqual([])
    ledger.settle(['a', 'a'])
    expect(ledger.endingWith(['a'])).toEqual(['a'])
    ledger.settle(['a'])
    expect(ledger.size).toBe(0)
  })

  it('never ends a lease of which a delivery was lost sight of', () => {
    const ledger = new LeaseLedger()
    ledger.add('a', 2)
    ledger.abandon('a')
    expect(ledger.endingWith(['a'])).toEqual([])
  })
})
