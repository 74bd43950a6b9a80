import germanCauses from '@posthorn/contracts/cause-text/de.json' with { type: 'json' }
import causes from '@posthorn/contracts/cause-text/en.json' with { type: 'json' }
import { describe, expect, it } from 'vitest'
import de from './de.json' with { type: 'json' }
import en from './en.json' with { type: 'json' }

const placesIn = (text: string): string[] =>
  [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name ?? '').toSorted()

describe.each([
  ['of the kit', en, de],
  ['of causes', causes, germanCauses],
])('the German words %s', (_, english, translated) => {
  it('are those of the English ones, in the same order, with the same values', () => {
    expect(Object.keys(translated)).toEqual(Object.keys(english))
    const german = new Map(Object.entries(translated))
    const differing = Object.entries(english).filter(
      ([key, text]) => placesIn(text).join() !== placesIn(german.get(key) ?? '').join(),
    )
    expect(differing).toEqual([])
  })
})
