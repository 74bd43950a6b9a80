import { describe, expect, it } from 'vitest'
import * as z from 'zod'
import { defineEventType } from './define-event-type.ts'
import { exampleCatalog, invoicePaid } from './example-catalog.ts'
import { createPayloadValidator } from './payload-validator.ts'

describe('defineEventType', () => {
  it('writes draft 7 with its examples', () => {
    expect(invoicePaid.jsonSchema).toMatchObject({
      $schema: 'http://json-schema.org/draft-07/schema#',
      type: 'object',
      required: expect.arrayContaining(['invoiceId', 'paidAt']),
      examples: [{ invoiceId: 'in_8KQ2' }],
    })
    expect(invoicePaid.schemas).toEqual({ '1': invoicePaid.jsonSchema })
  })

  it('refuses an example that breaks the schema', () => {
    const schema = z.object({ count: z.int() })
    const define = () =>
      defineEventType({ name: 'a', description: '', schema, examples: [{ count: 1.5 }] })
    expect(define).toThrow('count')
  })
})

describe('exampleCatalog', () => {
  it('holds schemas that we accept, and examples that fit them', async () => {
    await using validator = createPayloadValidator({ maxWaitMs: 20_000 })
    for (const { name, jsonSchema, schemas } of exampleCatalog) {
      const check = await validator.checkSchema(schemas['1'])
      expect([name, check]).toEqual([name, { checked: true, faults: [] }])
      const [example] = z.array(z.unknown()).parse(jsonSchema['examples'])
      const payloadText = JSON.stringify(example)
      const input = { key: name, version: '1', schema: jsonSchema, payloadText }
      expect([name, await validator.validate(input)]).toEqual([name, { valid: true }])
    }
  })
})
