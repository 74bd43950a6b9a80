import { describe, expect, it } from 'vitest'
import { isFontList, isOwnImage } from './look-rules.ts'

describe('isFontList', () => {
  it('takes names of fonts, and no way out of the rule', () => {
    expect(isFontList("Inter, 'Open Sans'")).toBe(true)
    expect(isFontList('Inter;}*{display:none')).toBe(false)
    expect(isFontList('url(https://evil.example)')).toBe(false)
    expect(isFontList('"Inter')).toBe(false)
  })

  it('takes quotes that are closed where a style sheet closes them', () => {
    expect(isFontList(`"Bell's Gothic", 'Inter'`)).toBe(true)
    expect(isFontList(`'"'"`)).toBe(false)
    expect(isFontList(`"Bell's", 'Inter`)).toBe(false)
    expect(isFontList(`'Open\nSans'`)).toBe(false)
  })
})

describe('isOwnImage', () => {
  it.each(['data:image/png;base64,iVBORw0K', 'data:image/svg+xml,%3Csvg/%3E', '/logos/acme-1.svg'])(
    'takes %s',
    (text) => expect(isOwnImage(text)).toBe(true),
  )

  it.each([
    'data:text/html,x',
    'data:image/svg+xml,<svg/>',
    'data:image/png;base64,a b',
    '//evil.example/a.png',
    String.raw`/\evil.example`,
    'https://evil.example/a.png',
    'javascript:alert(1)',
    '',
  ])('takes no %s', (text) => expect(isOwnImage(text)).toBe(false))
})
