import { describe, expect, it } from 'vitest'
import { ApplicationIn, ApplicationPatch } from './application.ts'
import { EventTypeIn, EventTypePatch } from './event-type.ts'
import { parseRequest, RequestValidationError } from './validation-error.ts'

describe('ApplicationIn', () => {
  it('fills in what is absent', () => {
    expect(ApplicationIn.parse({ name: 'Acme' })).toEqual({
      name: 'Acme',
      uid: null,
      throttleRate: null,
      metadata: {},
    })
  })

  it.each(['', 'a\0', 'a\nb', '\udc00', 'x'.repeat(1025)])('refuses the name %j', (name) => {
    expect(ApplicationIn.safeParse({ name }).success).toBe(false)
  })

  it.each(['app_x', '.', '..', 'a b'])('refuses the uid %s', (uid) => {
    expect(ApplicationIn.safeParse({ name: 'Acme', uid }).success).toBe(false)
  })

  it.each([[null], [[]], ['x'], [1]])('refuses the body %j as malformed', (body) => {
    expect.assertions(1)
    try {
      parseRequest(ApplicationIn, body, 'body')
    } catch (err) {
      if (!(err instanceof RequestValidationError)) throw err
      expect(err.detail).toMatchObject([{ loc: ['body'], type: 'value_error.jsondecode' }])
    }
  })

  it('says which field is missing', () => {
    expect(() => parseRequest(ApplicationIn, {}, 'body')).toThrow('body.name: Field required')
  })
})

describe('ApplicationPatch', () => {
  it('holds only what was given, and takes 0 for no limit', () => {
    expect(ApplicationPatch.parse({})).toEqual({})
    expect(ApplicationPatch.parse({ throttleRate: 0, uid: null })).toEqual({
      throttleRate: null,
      uid: null,
    })
  })
})

describe('EventTypeIn', () => {
  it('warns by default, and knows the single feature flag', () => {
    const type = EventTypeIn.parse({ name: 'a.b', description: 'A\nB', featureFlag: 'beta' })
    expect(type).toEqual({
      name: 'a.b',
      description: 'A\nB',
      archived: false,
      deprecated: false,
      schemas: null,
      schemaValidation: 'warn',
      groupName: null,
      featureFlags: ['beta'],
    })
  })

  it.each([
    { name: 'a b' },
    { name: '..' },
    { name: 'x'.repeat(257) },
    { schemaValidation: 'maybe' },
    { schemas: { '1': 'x' } },
    { schemas: { '1': { pattern: '\0' } } },
    { schemas: { '1': { description: 'x'.repeat(262_144) } } },
    { description: 'a\u0001' },
    { description: null },
  ])('refuses %j', (fields) => {
    const type = { name: 'a', description: '', ...fields }
    expect(EventTypeIn.safeParse(type).success).toBe(false)
  })
})

describe('EventTypePatch', () => {
  it('holds only what was given', () => {
    expect(EventTypePatch.parse({})).toEqual({})
    expect(EventTypePatch.parse({ featureFlag: null, schemas: null })).toEqual({
      featureFlags: null,
      schemas: null,
    })
  })
})
