import { describe, expect, it } from 'vitest'
import { visibleParts } from './visible-text.tsx'

describe('visibleParts', () => {
  it('names what can not be seen or turns the text around', () => {
    expect(visibleParts('pay\u202egnp.exe\0')).toEqual([
      { text: 'pay', isOdd: false },
      { text: 'U+202E', isOdd: true },
      { text: 'gnp.exe', isOdd: false },
      { text: 'U+0000', isOdd: true },
    ])
  })

  it('names lone surrogates and leaves pairs, lines and tabs alone', () => {
    expect(visibleParts('a\ud800')).toEqual([
      { text: 'a', isOdd: false },
      { text: 'U+D800', isOdd: true },
    ])
    expect(visibleParts('😀\n\tä')).toEqual([{ text: '😀\n\tä', isOdd: false }])
  })
})
