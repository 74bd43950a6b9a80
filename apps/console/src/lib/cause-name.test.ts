import causes from '@posthorn/contracts/cause-text/en.json' with { type: 'json' }
import { expect, it } from 'vitest'
import { causeName, namedCauses } from './cause-name.ts'

/** No attempt and no delivery has them. */
const NOT_STORED = ['proxy_failed', 'transformation_failed']
/** Sentences for what has no code of its own. */
const NO_CODES = ['http_other', 'unknown']

it('of every cause that an attempt or a canceled delivery may have there is one, and of no other', () => {
  const codes = Object.keys(causes)
    .filter((key) => key.startsWith('cause.') && !key.endsWith('.plain'))
    .map((key) => key.slice('cause.'.length))
    .filter((code) => ![...NOT_STORED, ...NO_CODES].includes(code))
  expect(namedCauses().toSorted()).toEqual(codes.toSorted())
  expect(codes.map(causeName).filter((name) => codes.includes(name))).toEqual([])
})
