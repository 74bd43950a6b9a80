import { describe, expect, it } from 'vitest'
import de from './de.json' with { type: 'json' }
import en from './en.json' with { type: 'json' }

const placesIn = (text: string): string[] =>
  [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name ?? '').toSorted()

describe('the German words of the kit', () => {
  it('are those of the English ones, in the same order, with the same values', () => {
    expect(Object.keys(de)).toEqual(Object.keys(en))
    const german = new Map(Object.entries(de))
    const differing = Object.entries(en).filter(
      ([key, text]) => placesIn(text).join() !== placesIn(german.get(key) ?? '').join(),
    )
    expect(differing).toEqual([])
  })
})
