import { describe, expect, it } from 'vitest'
import { RefusedError } from '../errors.ts'
import { examplePayload } from './example-payload.ts'

describe('examplePayload', () => {
  it('takes the example of version 1, by its number', () => {
    const schemas = { '2': { examples: [{ v: 2 }] }, '1': { examples: [{ v: 1 }, { v: 'b' }] } }
    expect(examplePayload(schemas, 0)).toBe('{"v":1}')
    expect(examplePayload(schemas, 1)).toBe('{"v":"b"}')
  })

  it('takes another version when the first has none', () => {
    expect(examplePayload({ '1': {}, '2': { examples: [{ v: 2 }] } }, 0)).toBe('{"v":2}')
  })

  it.each([
    ['no schema', null, 0],
    ['a schema without examples', { '1': { type: 'object' } }, 0],
    ['a number past the last', { '1': { examples: [{}] } }, 1],
    ['an example that is no object', { '1': { examples: ['x'] } }, 0],
  ])('refuses %s', (_, schemas, index) => {
    expect(() => examplePayload(schemas, index)).toThrow(RefusedError)
  })
})
