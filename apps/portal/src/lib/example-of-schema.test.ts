import { describe, expect, it } from 'vitest'
import { exampleOfSchema } from './example-of-schema.ts'

describe('an example that nobody wrote', () => {
  it.each([
    [{ type: 'string' }, 'text'],
    [{ type: 'string', format: 'email' }, 'someone@example.com'],
    [{ type: ['null', 'integer'], minimum: 5 }, 5],
    [{ enum: ['eu', 'us'] }, 'eu'],
    [{ const: false }, false],
    [{ type: 'number', default: 0 }, 0],
    [{ type: 'array', items: { type: 'boolean' } }, [true]],
    [{ oneOf: [{ type: 'integer' }, { type: 'string' }] }, 1],
    [{ $ref: 'https://elsewhere.example.com/schema' }, null],
    [true, null],
  ])('of %j is %j', (schema, example) => {
    expect(exampleOfSchema(schema)).toEqual(example)
  })

  it('has every property, follows references, and joins what belongs together', () => {
    const schema = {
      type: 'object',
      properties: {
        id: { type: 'string', format: 'uuid' },
        lines: { type: 'array', items: { $ref: '#/definitions/a~1line' } },
        both: { allOf: [{ properties: { a: { const: 1 } } }, { properties: { b: { const: 2 } } }] },
      },
      definitions: { 'a/line': { type: 'object', properties: { amount: { type: 'integer' } } } },
    }
    expect(exampleOfSchema(schema)).toEqual({
      id: '00000000-0000-4000-8000-000000000000',
      lines: [{ amount: 1 }],
      both: { a: 1, b: 2 },
    })
  })

  it('ends where a schema refers to itself', () => {
    const node = { type: 'object', properties: { next: { $ref: '#' } } }
    expect(JSON.stringify(exampleOfSchema(node)).length).toBeLessThan(500)
    const names = Array.from({ length: 20 }, (_, n) => [`p${n}`, { $ref: '#' }])
    const tree = { type: 'object', properties: Object.fromEntries(names) }
    expect(JSON.stringify(exampleOfSchema(tree)).length).toBeLessThan(100_000)
  })
})
