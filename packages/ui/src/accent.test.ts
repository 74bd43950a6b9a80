import { describe, expect, it } from 'vitest'
import { accentContrast, accentPair, contrast, readHex } from './accent.ts'

const SURFACES = { light: '#eef2f6', dark: '#202a36' } as const

describe('accentPair', () => {
  const odd = ['#ffff00', '#000000', '#ffffff', '#f00', '28b397', '#808080', '#0000ff']
  it.each(odd.flatMap((color) => [[color, 'light'] as const, [color, 'dark'] as const]))(
    'makes %s readable in the %s theme, as text and under text',
    (color, theme) => {
      const pair = accentPair(color, theme)
      const [accent, ink, soft] = [pair?.accent, pair?.ink, pair?.soft].map((text) =>
        readHex(text ?? ''),
      )
      const surface = readHex(SURFACES[theme])
      if (!accent || !ink || !soft || !surface) throw new Error('not a colour')
      expect(contrast(accent, surface)).toBeGreaterThanOrEqual(4.5)
      expect(contrast(accent, soft)).toBeGreaterThanOrEqual(4.5)
      expect(contrast(ink, accent)).toBeGreaterThanOrEqual(4.5)
    },
  )

  it('leaves a colour alone that is readable already', () => {
    expect(accentPair('#1f4fbf', 'light')?.accent).toBe('#1f4fbf')
  })

  it('says of the colour itself how little it has where it has least', () => {
    expect(accentContrast('#ffff00', 'light')).toBeLessThan(3)
    expect(accentContrast('#1f4fbf', 'light')).toBeGreaterThanOrEqual(4.5)
    expect(accentContrast('blue', 'light')).toBeNull()
  })

  it('takes nothing that is no colour', () => {
    expect(accentPair('red;}*{display:none', 'light')).toBeNull()
    expect(accentPair('', 'dark')).toBeNull()
  })
})
