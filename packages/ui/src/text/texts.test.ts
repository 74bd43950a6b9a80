import germanCauses from '@posthorn/contracts/cause-text/de.json' with { type: 'json' }
import causes from '@posthorn/contracts/cause-text/en.json' with { type: 'json' }
import { describe, expect, it } from 'vitest'
import { differingTexts } from '../compare-texts.ts'
import de from './de.json' with { type: 'json' }
import en from './en.json' with { type: 'json' }

describe.each([
  ['of the kit', en, de],
  ['of causes', causes, germanCauses],
])('the German words %s', (_, english, translated) => {
  it('are those of the English ones, in the same order, with the same values', () => {
    expect(Object.keys(translated)).toEqual(Object.keys(english))
    expect(differingTexts(english, ['de', translated])).toEqual([])
  })
})
