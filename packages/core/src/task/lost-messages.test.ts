import { describe, expect, it } from 'vitest'
import { lostMessageIds } from './lost-messages.ts'

const row = (
  messageId: string,
  status: 'pending' | 'delivered' | 'failed' | 'canceled',
  cause: string | null = null,
) => ({
  messageId,
  status,
  cause,
})

describe('lostMessageIds', () => {
  it('takes what failed and what disabling canceled', () => {
    const rows = [row('a', 'failed', 'http_500'), row('b', 'canceled', 'endpoint_disabled')]
    expect(lostMessageIds(rows)).toEqual(['a', 'b'])
  })

  it('leaves alone what is under way, delivered, or canceled for another reason', () => {
    const rows = [
      row('a', 'pending'),
      row('b', 'delivered'),
      row('c', 'canceled', 'receiver_aborted'),
    ]
    expect(lostMessageIds(rows)).toEqual([])
  })

  it('judges a message by all of its deliveries, whichever comes first', () => {
    const rows = [
      [row('a', 'failed'), row('a', 'delivered')],
      [row('b', 'pending'), row('b', 'failed')],
      [row('c', 'failed'), row('c', 'failed')],
    ]
    expect(lostMessageIds(rows.flat())).toEqual(['c'])
  })
})
