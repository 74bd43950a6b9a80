import { describe, expect, it } from 'vitest'
import de from './de.json' with { type: 'json' }
import en from './en.json' with { type: 'json' }

const placesIn = (text: string): string[] =>
  [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name ?? '').toSorted()

describe('the German words of notices', () => {
  it('are those of the English ones, in the same order, with the same values', () => {
    expect(Object.keys(de)).toEqual(Object.keys(en))
    expect(Object.values(de).map(placesIn)).toEqual(Object.values(en).map(placesIn))
  })
})
