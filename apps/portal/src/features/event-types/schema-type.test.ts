import { describe, expect, it } from 'vitest'
import { schemaType } from './schema-type.ts'

const typeOf = (schema: unknown) => schemaType('a', schema).slice('export type A = '.length)

describe('schemaType', () => {
  it('is named as the event type is', () => {
    expect(schemaType('invoice.paid_in-full', { type: 'string' })).toBe(
      'export type InvoicePaidInFull = string',
    )
    expect(schemaType('2fa.done', {})).toBe('export type Event2faDone = unknown')
  })

  it('says what is required, what may be null, what is nested, and quotes odd names', () => {
    const schema = {
      type: 'object',
      required: ['id', 'lines'],
      properties: {
        id: { type: 'string' },
        total: { type: ['number', 'null'] },
        'due-at': { type: 'string', format: 'date-time' },
        lines: { type: 'array', items: { type: 'object', properties: { n: { type: 'integer' } } } },
      },
    }
    expect(typeOf(schema)).toBe(`{
  id: string
  total?: number | null
  "due-at"?: string
  lines: {
    n?: number
  }[]
}`)
  })

  it.each([
    [{ enum: ['a', 1, null] }, '"a" | 1 | null'],
    [{ const: true }, 'true'],
    [{ type: 'array', items: { enum: ['a', 'b'] } }, '("a" | "b")[]'],
    [{ oneOf: [{ type: 'string' }, { type: 'number' }] }, 'string | number'],
    [{ allOf: [{ $ref: '#/$defs/b' }, { type: 'object' }] }, 'unknown & Record<string, unknown>'],
    [{ $ref: '#/$defs/a~1b', $defs: { 'a/b': { type: 'boolean' } } }, 'boolean'],
    [{ type: 'object', additionalProperties: { type: 'number' } }, 'Record<string, number>'],
    [{ type: 'strange' }, 'unknown'],
    [true, 'unknown'],
  ])('understands %j', (schema, type) => {
    expect(typeOf(schema)).toBe(type)
  })

  it('ends for a schema that leads to itself, is too deep, or leads elsewhere', () => {
    const list = {
      $defs: { l: { properties: { next: { $ref: '#/$defs/l' } } } },
      $ref: '#/$defs/l',
    }
    expect(typeOf(list).replaceAll(/\s+/g, ' ')).toBe('{ next?: unknown }')
    let deep: unknown = { type: 'string' }
    for (let n = 0; n < 5_000; n++) deep = { type: 'array', items: deep }
    expect(typeOf(deep)).toBe(`unknown${'[]'.repeat(13)}`)
    expect(typeOf({ $ref: 'https://elsewhere.example.com/schema' })).toBe('unknown')
    expect(typeOf({ $ref: '#/constructor' })).toBe('unknown')
  })
})
