import { describe, expect, it } from 'vitest'
import { memberText } from './member-text.ts'

describe('memberText', () => {
  it('keeps big numbers, order of keys and spacing as they were sent', () => {
    const payload = '{ "b": 12345678901234567890, "a": [1, {"x": "}"}], "2": 1.0 }'
    expect(memberText(`{"id":"msg_1","payload":${payload},"end":1}`, 'payload')).toBe(payload)
  })

  it('takes the member at the top, not one of the same name below or in a text', () => {
    const json = '{"tags":["payload"],"note":"\\"payload\\":1","in":{"payload":2},"payload":3}'
    expect(memberText(json, 'payload')).toBe('3')
  })

  it('is null when there is none', () => {
    expect(memberText('{"id":1}', 'payload')).toBeNull()
  })
})
