import { expect, it } from 'vitest'
import { utf8Form } from './utf8-form.ts'

it.each(['', 'plain', 'caf\u00e9', '\u20ac', '\u{1f600}', '\ud800', '\u007f', '\u0080', '\0'])(
  'says how %j is written: to the bytes that it is in UTF-8',
  (text) => {
    const { byteLength, encoding } = utf8Form(text)
    expect(Buffer.from(text, encoding)).toEqual(Buffer.from(text))
    expect(byteLength).toBe(Buffer.from(text).length)
  },
)
