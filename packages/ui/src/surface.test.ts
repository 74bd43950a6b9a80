import { describe, expect, it } from 'vitest'
import { contrast, GROUNDS, readHex } from './accent.ts'
import { lookTokens } from './look-tokens.ts'
import { surfaceGrounds } from './surface.ts'

const INKS = {
  light: ['#17202b', '#4a5767', '#0d6b3f', '#7d4c00', '#ab1f2d'],
  dark: ['#e8edf3', '#aab6c4', '#6fd6a0', '#f3c46b', '#ff9b9f'],
} as const
const LINE = { light: '#808c9a', dark: '#75859a' } as const
const ODD = ['#fff8f0', '#000000', '#ffffff', '#ffff00', '#0a7f5a', '#808080', '#ff00ff']

describe('surfaceGrounds', () => {
  it.each(ODD.flatMap((color) => [[color, 'light'] as const, [color, 'dark'] as const]))(
    'makes of %s surfaces that all of the %s theme can be read on',
    (color, theme) => {
      const grounds = surfaceGrounds(color, theme)
      expect(grounds).toHaveLength(3)
      for (const ground of grounds ?? []) {
        const on = (ink: string) => contrast(readHex(ink) ?? ground, ground)
        for (const ink of INKS[theme]) expect(on(ink)).toBeGreaterThanOrEqual(4.5)
        expect(on(LINE[theme])).toBeGreaterThanOrEqual(3)
      }
    },
  )

  it('keeps a colour that is fit', () => {
    expect(surfaceGrounds('#fffaf5', 'light')?.[0]).toEqual([255, 250, 245])
    expect(surfaceGrounds('beige', 'light')).toBeNull()
  })

  it('ends at those of the theme, which are fit themselves', () => {
    for (const theme of ['light', 'dark'] as const)
      for (const ground of GROUNDS[theme])
        expect(contrast(readHex(LINE[theme]) ?? ground, ground)).toBeGreaterThanOrEqual(3)
  })
})

describe('lookTokens', () => {
  it('shifts an accent for the surface that it stands on', () => {
    const { '--accent': accent = '', '--surface-sunk': sunk = '' } = lookTokens(
      { accent: '#7a7a00', surface: '#ffffe0' },
      'light',
    )
    const [text, ground] = [readHex(accent), readHex(sunk)]
    if (text === null || ground === null) throw new Error('not a colour')
    expect(contrast(text, ground)).toBeGreaterThanOrEqual(4.5)
  })

  it('says nothing of what is not said, or cannot be used', () => {
    expect(lookTokens({}, 'light')).toEqual({})
    const faulty = { accent: 'x', surface: 'y', fontFamily: 'a;b', radius: '99', density: 'dense' }
    expect(lookTokens(faulty, 'dark')).toEqual({})
  })
})
