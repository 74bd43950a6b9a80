import { describe, expect, it } from 'vitest'
import { createPayloadValidator, type PayloadValidatorOptions } from './payload-validator.ts'

// Enough for a thread that starts on a busy machine: only its work is timed, not its start.
const PATIENT_MS = 20_000
// A verdict takes microseconds; a machine under load may still look away for a second.
const UNHURRIED_MS = 5_000

function setup(options: PayloadValidatorOptions = {}) {
  const validator = createPayloadValidator({
    maxWaitMs: PATIENT_MS,
    timeoutMs: UNHURRIED_MS,
    ...options,
  })
  return {
    validator,
    validate: (schema: unknown, payload: unknown, key = JSON.stringify(schema)) =>
      validator.validate({ key, version: '1', schema, payloadText: JSON.stringify(payload) }),
    [Symbol.asyncDispose]: () => validator[Symbol.asyncDispose](),
  }
}

const person = {
  type: 'object',
  properties: { name: { type: 'string' }, age: { type: 'integer', minimum: 0 } },
  required: ['name'],
}
const bomb = { properties: { s: { type: 'string', pattern: '^(a+)+$' } } }
const fuse = { s: `${'a'.repeat(60)}!` }

/** 2^40 evaluations of nothing: each definition refers twice to the next. */
function doublingReferences() {
  const definitions: Record<string, unknown> = { d40: { type: 'object' } }
  for (let level = 0; level < 40; level++) {
    const next = { $ref: `#/definitions/d${level + 1}` }
    definitions[`d${level}`] = { allOf: [next, next] }
  }
  return { $ref: '#/definitions/d0', definitions }
}

describe('validate', () => {
  it('tells a payload that fits from one that does not, and names every fault', async () => {
    await using bundle = setup()
    expect(await bundle.validate(person, { name: 'Ada', age: 36 })).toEqual({ valid: true })
    expect(await bundle.validate(person, { age: -1 })).toEqual({
      valid: false,
      faults: [
        { path: '', message: "must have required property 'name'" },
        { path: '/age', message: 'must be >= 0' },
      ],
    })
  })

  it('answers thousands that are in flight together', async () => {
    await using bundle = setup()
    const ages = Array.from({ length: 2000 }, (_, index) => (index % 2 === 0 ? index : -index))
    const results = await Promise.all(
      ages.map((age) => bundle.validate(person, { name: 'A', age })),
    )
    expect(results.map((result) => result.valid)).toEqual(ages.map((age) => age >= 0))
  })

  it('checks against the version that was asked for', async () => {
    await using bundle = setup()
    const check = (version: string, type: string) =>
      bundle.validator.validate({ key: 'k', version, schema: { type }, payloadText: '{}' })
    expect(await check('1', 'object')).toEqual({ valid: true })
    expect(await check('2', 'array')).toMatchObject({ valid: false })
  })

  it('goes on after more schemas than it holds', async () => {
    await using bundle = setup({ maxSchemas: 1 })
    for (const round of [1, 2]) {
      const results = await Promise.all(
        Array.from({ length: 150 }, (_, index) =>
          bundle.validate({ required: [`p${index}`] }, { [`p${index}`]: round }),
        ),
      )
      expect(results.every((result) => result.valid === true)).toBe(true)
    }
  })

  it.each([
    ['a catastrophic pattern', bomb, fuse],
    ['references that double at each step', doublingReferences(), {}],
  ])('gives up on %s in its time, while others go on', async (_, schema, payload) => {
    await using bundle = setup({ timeoutMs: 1_500 })
    await bundle.validate(person, { name: 'warm' })
    const before = bundle.validate(person, { name: 'before' })
    const stuck = bundle.validate(schema, payload)
    const after = Array.from({ length: 20 }, () => bundle.validate(person, { name: 'after' }))
    expect(await stuck).toEqual({ valid: 'unknown', reason: 'timeout' })
    expect(await Promise.all([before, ...after])).toEqual(
      Array.from({ length: 21 }, () => ({ valid: true })),
    )
  })

  it('survives a recursion without end', async () => {
    await using bundle = setup()
    expect(await bundle.validate({ allOf: [{ $ref: '#' }] }, {})).toEqual({
      valid: 'unknown',
      reason: 'failed',
    })
    expect(await bundle.validate(person, { name: 'Ada' })).toEqual({ valid: true })
  })

  it('survives a schema that eats all memory, while others go on', async () => {
    await using bundle = setup({ timeoutMs: PATIENT_MS })
    const schema = { items: { allOf: Array.from({ length: 400 }, () => ({ type: 'string' })) } }
    const hungry = bundle.validate(
      schema,
      Array.from({ length: 30_000 }, () => 0),
    )
    const other = bundle.validate(person, { name: 'Ada' })
    expect(await hungry).toEqual({ valid: 'unknown', reason: 'failed' })
    expect(await other).toEqual({ valid: true })
  })

  it('does not run a schema again that used up its time twice', async () => {
    await using bundle = setup({ timeoutMs: 500 })
    const reasons = await Promise.all(
      Array.from({ length: 40 }, () => bundle.validate(bomb, fuse, 'bomb')),
    )
    expect(
      reasons.filter((result) => 'reason' in result && result.reason === 'timeout'),
    ).toHaveLength(2)
    expect(await bundle.validate(bomb, fuse, 'bomb')).toEqual({
      valid: 'unknown',
      reason: 'suspended',
    })
  })

  it('bounds what waits', async () => {
    await using bundle = setup({ maxWaiting: 10 })
    const results = await Promise.all(
      Array.from({ length: 30 }, () => bundle.validate(person, { name: 'A' })),
    )
    expect(results.filter((result) => result.valid === true)).toHaveLength(10)
    expect(results[29]).toEqual({ valid: 'unknown', reason: 'overloaded' })
  })

  it('bounds what waits by size too, and takes large payloads a few at a time', async () => {
    await using bundle = setup()
    const payloadText = JSON.stringify({ name: 'x'.repeat(2_000_000) })
    const input = { key: 'k', version: '1', schema: person, payloadText }
    const results = await Promise.all(
      Array.from({ length: 20 }, () => bundle.validator.validate(input)),
    )
    expect(results.filter((result) => result.valid === true)).toHaveLength(16)
    expect(await bundle.validator.validate(input)).toEqual({ valid: true })
  })

  it('knows no inherited properties', async () => {
    await using bundle = setup()
    expect(await bundle.validate({ required: ['constructor'] }, {})).toMatchObject({ valid: false })
  })

  it('keeps schemas with the same id apart', async () => {
    await using bundle = setup()
    const $id = 'http://json-schema.org/draft-07/schema#'
    for (const type of ['object', 'array', 'object']) {
      const result = await bundle.validate({ $id, type, properties: { a: { $id, type } } }, {})
      expect(result.valid).toBe(type === 'object')
    }
    expect(await bundle.validator.checkSchema(person)).toEqual({ checked: true, faults: [] })
  })

  it('follows references of a schema to itself, and anchors', async () => {
    await using bundle = setup()
    const tree = {
      properties: { child: { $ref: '#' }, name: { $ref: '#name' } },
      required: ['name'],
    }
    const schema = { ...tree, definitions: { a: { $id: '#name', type: 'string' } } }
    const result = await bundle.validate(schema, { name: 'a', child: { name: 1 } })
    expect(result).toMatchObject({ faults: [{ path: '/child/name' }] })
  })

  it('has no verdict for a schema that cannot be compiled', async () => {
    await using bundle = setup()
    expect(await bundle.validate({ type: 'nonsense' }, {})).toEqual({
      valid: 'unknown',
      reason: 'invalid_schema',
    })
  })

  it('answers what is in flight when it is closed, and what comes later', async () => {
    const bundle = setup()
    const inFlight = bundle.validate(person, { name: 'A' })
    await bundle[Symbol.asyncDispose]()
    const closed = { valid: 'unknown', reason: 'closed' }
    expect(await inFlight).toEqual(closed)
    expect(await bundle.validate(person, { name: 'A' })).toEqual(closed)
  })
})

describe('checkSchema', () => {
  it('accepts draft 7, other dialects, and needless escapes in patterns', async () => {
    await using bundle = setup()
    const accepted = [
      person,
      {},
      { $schema: 'https://json-schema.org/draft/2020-12/schema', type: 'object' },
      { pattern: '^[\\w\\-]+$' },
      { $ref: '#/definitions/a', definitions: { a: { type: 'string', format: 'email' } } },
      { properties: { $ref: { type: 'string' }, id: { const: { $ref: 'http://example.com' } } } },
    ]
    for (const schema of accepted) {
      const check = await bundle.validator.checkSchema(schema)
      expect([schema, check]).toEqual([schema, { checked: true, faults: [] }])
    }
  })

  it.each([
    [
      'a remote reference',
      { properties: { a: { $ref: 'http://127.0.0.1/x' } } },
      '/properties/a/$ref',
    ],
    ['a file', { $ref: 'file:///etc/passwd' }, '/$ref'],
    ['a reference to nothing', { $ref: '#/definitions/none' }, ''],
    ['an unknown type', { properties: { a: { type: 'text' } } }, '/properties/a/type'],
    ['a broken pattern', { pattern: '(' }, ''],
    ['an asynchronous schema', { $async: true }, '/$async'],
    ['no object', 'x', ''],
    ['too many bytes', { description: 'x'.repeat(65_536) }, ''],
  ])('refuses %s', async (_, schema, path) => {
    await using bundle = setup()
    const check = await bundle.validator.checkSchema(schema)
    expect(check.checked && check.faults[0]?.path).toBe(path)
  })

  it('tells a schema that it had no time or room for from a bad one', async () => {
    const properties = Object.fromEntries(
      Array.from({ length: 2_000 }, (_, index) => [`p${index}`, { type: 'string' }]),
    )
    await using hurried = createPayloadValidator({ timeoutMs: 1 })
    expect(await hurried.checkSchema({ properties })).toEqual({ checked: false, reason: 'timeout' })
    await using full = createPayloadValidator({ maxWaiting: 0 })
    expect(await full.checkSchema({})).toEqual({ checked: false, reason: 'overloaded' })
  })

  it('refuses nesting that is too deep', async () => {
    await using bundle = setup()
    let schema: object = {}
    for (let level = 0; level < 60; level++) schema = { not: schema }
    expect(await bundle.validator.checkSchema(schema)).toMatchObject({
      faults: [{ message: 'Must not be nested deeper than 50 levels' }],
    })
  })

  it('does not let a keyword become code', async () => {
    await using bundle = setup()
    const evil = "'];globalThis.process.exit(7);//"
    const schema = { properties: { [evil]: { enum: [evil] } }, required: [evil], pattern: evil }
    expect(await bundle.validate(schema, { [evil]: evil })).toEqual({ valid: true })
  })
})
