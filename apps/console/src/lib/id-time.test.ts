import { newId } from '@posthorn/runtime'
import { describe, expect, it } from 'vitest'
import { idTime } from './id-time.ts'

describe('idTime', () => {
  it('reads the second that an id or an iterator was made in', () => {
    const atMs = Date.UTC(2026, 10, 25, 13, 5, 59)
    for (const id of [newId('msg_', atMs), `-${newId('msg_', atMs + 999)}`])
      expect(idTime(id)).toBe('2026-11-25T13:05:59.000Z')
  })

  it('reads nothing from other texts', () => {
    for (const text of ['', 'msg_', 'order-4711', `${newId('msg_', 0)}0`])
      expect(idTime(text)).toBeNull()
  })
})
