import { describe, expect, it } from 'vitest'
import { contentTypeOf, holdBody } from './received-body.ts'

describe('holdBody', () => {
  it.each([
    ['a JSON object', '{"a":1e400,"a":2}', null],
    ['a JSON object between blanks', '\r\n {} \t', null],
    ['other JSON', '[1]', 'text'],
    ['half of a JSON object', '{"a":', 'text'],
    ['a JSON object behind a byte order mark', '\ufeff{}', 'text'],
    ['text', 'a=1&b=é', 'text'],
    ['nothing', '', 'text'],
    ['a JSON object of 1 MB', `{"a":"${'x'.repeat(1_000_000)}"}`, null],
    ['half of a JSON object of 1 MB', `{"a":"${'x'.repeat(1_000_000)}`, 'text'],
  ])('holds %s as it is', (_what, text, form) => {
    expect(holdBody(Buffer.from(text))).toEqual({ payload: text, form })
  })

  it.each([
    ['a NUL', Buffer.from('{"a":"\0"}')],
    ['what is not UTF-8', Buffer.from([0x7b, 0xff, 0x7d])],
    ['a lone surrogate', Buffer.from([0xed, 0xa0, 0x80])],
  ])('holds %s as base64, so that every byte comes back', (_what, bytes) => {
    const held = holdBody(bytes)
    expect(held.form).toBe('base64')
    expect(Buffer.from(held.payload, 'base64')).toEqual(bytes)
  })
})

describe('contentTypeOf', () => {
  it('repeats what the sender said, unless no header may say it', () => {
    const json = holdBody(Buffer.from('{}'))
    const text = holdBody(Buffer.from('x'))
    expect(contentTypeOf(' text/xml; charset=utf-8 ', text)).toBe('text/xml; charset=utf-8')
    expect(contentTypeOf('text/é', text)).toBe('application/octet-stream')
    expect(contentTypeOf(undefined, text)).toBe('application/octet-stream')
    expect(contentTypeOf('', json)).toBe('application/json')
  })
})
