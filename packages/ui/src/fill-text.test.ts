import { describe, expect, it } from 'vitest'
import { differingTexts } from './compare-texts.ts'
import { fillText, placesOf } from './fill-text.ts'

const WAIT = '{n, plural, one {# delivery waits for {app}} other {# deliveries wait for {app}}}'

describe('a text with a count', () => {
  it('takes the form of its number', () => {
    expect(fillText(WAIT, { n: 1_204, app: 'Acme' })).toBe('1,204 deliveries wait for Acme')
    expect(fillText(WAIT, { n: 1, app: 'Acme' })).toBe('1 delivery waits for Acme')
    expect(fillText(WAIT, { n: 0, app: 'Acme' })).toBe('0 deliveries wait for Acme')
  })

  it('takes that of many where it was counted only so far', () => {
    expect(fillText(WAIT, { n: '10,000+', app: 'Acme' })).toBe('10,000+ deliveries wait for Acme')
  })

  it('leaves a stranger’s words as they are, and says where a value is missing', () => {
    expect(fillText(WAIT, { n: 2, app: '{n} # $& {app}' })).toBe(
      '2 deliveries wait for {n} # $& {app}',
    )
    expect(fillText('{a} and {b}', { a: '{b}' })).toBe('{b} and ?')
  })

  it('has a place for each value, inside of forms too', () => {
    expect(placesOf(`${WAIT} since {time}`)).toEqual(['app', 'n', 'time'])
  })

  it('differs from a translation that lacks a form or takes another value', () => {
    const one = { key: WAIT }
    expect(differingTexts(one, ['de', one])).toEqual([])
    for (const other of ['{n, plural, other {# für {app}}}', '{n} für Acme', '{n} für {name}'])
      expect(differingTexts(one, ['de', { key: other }])).toEqual(['key'])
  })
})
