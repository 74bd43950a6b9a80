import { describe, expect, it } from 'vitest'
import de from './de.json' with { type: 'json' }
import en from './en.json' with { type: 'json' }

const placesIn = (text: string): string[] =>
  [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name ?? '').toSorted()

describe('the German texts of the console', () => {
  it('are complete, and nothing is left over', () => {
    expect(Object.keys(de)).toEqual(Object.keys(en))
  })

  it('take the same values as the English ones', () => {
    const german = new Map(Object.entries(de))
    const differing = Object.entries(en).filter(
      ([key, text]) => placesIn(text).join() !== placesIn(german.get(key) ?? '').join(),
    )
    expect(differing).toEqual([])
  })
})
