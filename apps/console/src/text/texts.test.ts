import { differingTexts } from '@posthorn/ui/compare-texts'
import { describe, expect, it } from 'vitest'
import de from './de.json' with { type: 'json' }
import en from './en.json' with { type: 'json' }

describe('the German texts of the console', () => {
  it('are complete, and nothing is left over', () => {
    expect(Object.keys(de)).toEqual(Object.keys(en))
  })

  it('take the same values as the English ones, with each form that a count needs', () => {
    expect(differingTexts(en, ['de', de])).toEqual([])
  })
})
