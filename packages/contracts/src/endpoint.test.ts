import { describe, expect, it } from 'vitest'
import { EndpointHeadersIn, EndpointHeadersPatchIn } from './endpoint-headers.ts'
import { EndpointSecretRotateIn } from './endpoint-secret.ts'
import { EndpointIn, EndpointPatch, EndpointUpdate } from './endpoint.ts'
import { toHttpValidationErrors } from './validation-error.ts'

const url = 'https://example.com/hook'

function locOf(result: ReturnType<typeof EndpointIn.safeParse>): string[] | undefined {
  return result.error === undefined
    ? undefined
    : toHttpValidationErrors(result.error, 'body')[0]?.loc
}

describe('EndpointIn', () => {
  it('fills in what is absent', () => {
    expect(EndpointIn.parse({ url })).toEqual({
      url,
      description: '',
      uid: null,
      throttleRate: null,
      disabled: false,
      eventTypes: null,
      channels: null,
      metadata: {},
      retrySchedule: null,
      secret: null,
      headers: {},
    })
  })

  it('takes an empty list of event types or channels for no filter', () => {
    const endpoint = EndpointIn.parse({ url, filterTypes: [], channels: [] })
    expect(endpoint).toMatchObject({ eventTypes: null, channels: null })
  })

  it('knows the older names, and refuses two that differ', () => {
    expect(EndpointIn.parse({ url, rateLimit: 5, filterTypes: ['a', 'a'] })).toMatchObject({
      throttleRate: 5,
      eventTypes: ['a'],
    })
    expect(EndpointIn.safeParse({ url, rateLimit: 5, throttleRate: 5 }).success).toBe(true)
    expect(locOf(EndpointIn.safeParse({ url, rateLimit: 5, throttleRate: 6 }))).toEqual([
      'body',
      'rateLimit',
    ])
  })

  it.each([
    ['uid', 'ep_x'],
    ['uid', 'a/b'],
    ['uid', 'é'],
    ['uid', ''],
    ['uid', 'x'.repeat(257)],
    ['uid', '.'],
    ['uid', '..'],
    ['uid', 'a\0'],
    ['throttleRate', 0],
    ['throttleRate', 1.5],
    ['throttleRate', 1e10],
    ['throttleRate', '5'],
    ['description', null],
    ['description', 'a\0'],
    ['description', '\ud800'],
    ['disabled', null],
    ['disabled', 'true'],
    ['url', 'ftp://example.com'],
    ['url', 'https:example.com'],
    ['url', 'https://example.com\\x'],
    ['url', ' https://example.com'],
    ['url', 'https://example.com:0/'],
    ['retrySchedule', [0]],
    ['retrySchedule', [2_592_001]],
    ['retrySchedule', Array.from({ length: 21 }, () => 5)],
  ])('refuses %s: %j by its place', (field, value) => {
    expect(locOf(EndpointIn.safeParse({ url, [field]: value }))?.slice(0, 2)).toEqual([
      'body',
      field,
    ])
  })

  it('bounds metadata, and refuses keys and values that could not be kept', () => {
    const place = (metadata: unknown) => locOf(EndpointIn.safeParse({ url, metadata }))
    expect(place({ a: 'x'.repeat(4080) })).toBeUndefined()
    expect(place({ a: 'x'.repeat(4097) })).toEqual(['body', 'metadata'])
    expect(place({ a: 1 })).toEqual(['body', 'metadata', 'a'])
    expect(place({ a: '\0' })).toEqual(['body', 'metadata'])
    expect(place(JSON.parse('{"__proto__":"x"}'))).toEqual(['body', 'metadata', '__proto__'])
    expect(EndpointIn.parse({ url, metadata: { constructor: 'x' } }).metadata).toEqual({
      constructor: 'x',
    })
    expect(EndpointIn.parse({ url, metadata: null }).metadata).toEqual({})
  })

  it.each([
    'Webhook-Id',
    'svix-id',
    'X-Svix-a',
    'Host',
    'content-length',
    'Transfer-Encoding',
    'connection',
    'Keep-Alive',
    'te',
    'trailer',
    'upgrade',
    'expect',
    'proxy-x',
    'User-Agent',
    'a b',
    'a:b',
    'é',
    '',
    '__proto__',
  ])('refuses the header name %j on create, PUT and PATCH', (name) => {
    const headers: unknown = JSON.parse(`{${JSON.stringify(name)}:"x"}`)
    const loc = ['body', 'headers', name]
    expect(locOf(EndpointIn.safeParse({ url, headers }))).toEqual(loc)
    for (const schema of [EndpointHeadersIn, EndpointHeadersPatchIn]) {
      const { error } = schema.safeParse({ headers })
      expect(error && toHttpValidationErrors(error, 'body')[0]?.loc).toEqual(loc)
    }
  })

  it.each(['a\r\nb', 'a\0', 'é', 'x'.repeat(4097)])('refuses the header value %j', (value) => {
    expect(locOf(EndpointIn.safeParse({ url, headers: { 'x-a': value } }))).toEqual([
      'body',
      'headers',
      'x-a',
    ])
  })

  it('refuses two header names that differ only by case', () => {
    const headers = { 'X-A': '1', 'x-a': '2' }
    expect(locOf(EndpointIn.safeParse({ url, headers }))).toEqual(['body', 'headers', 'x-a'])
  })

  it.each([0, 1, 23, 76])('refuses a secret of %i bytes', (bytes) => {
    const secret = `whsec_${Buffer.alloc(bytes, 7).toString('base64')}`
    expect(locOf(EndpointIn.safeParse({ url, secret }))).toEqual(['body', 'secret'])
  })

  it('takes secrets of 24 and 75 bytes, and an ed25519 key', () => {
    for (const [prefix, bytes] of [
      ['whsec_', 24],
      ['whsec_', 75],
      ['whsk_', 64],
    ] as const) {
      const secret = prefix + Buffer.alloc(bytes, 7).toString('base64')
      expect(EndpointIn.parse({ url, secret }).secret).toBe(secret)
    }
    expect(EndpointIn.safeParse({ url, secret: `whpk_${'A'.repeat(32)}` }).success).toBe(false)
    expect(EndpointIn.safeParse({ url, secret: `whsec_${'*'.repeat(32)}` }).success).toBe(false)
  })
})

describe('EndpointUpdate', () => {
  it('clears what is absent, and leaves secret and headers to their own routes', () => {
    const update = EndpointUpdate.parse({ url, secret: 'whsec_x', headers: { 'x-a': 'b' } })
    expect(update).toMatchObject({ uid: null, eventTypes: null, metadata: {} })
    expect(Object.keys(update)).not.toContain('secret')
    expect(Object.keys(update)).not.toContain('headers')
  })
})

describe('EndpointPatch', () => {
  it('holds only what was given', () => {
    expect(EndpointPatch.parse({})).toEqual({})
    expect(Object.keys(EndpointPatch.parse({ uid: null, disabled: true }))).toEqual([
      'uid',
      'disabled',
    ])
  })

  it('takes 0 for no limit, null metadata for none, and an empty filter for none', () => {
    const patch = EndpointPatch.parse({ rateLimit: 0, metadata: null, filterTypes: [] })
    expect(patch).toEqual({ throttleRate: null, metadata: {}, eventTypes: null })
  })

  it.each([{ description: null }, { disabled: null }, { url: null }, { throttleRate: -1 }])(
    'refuses %j',
    (fields) => {
      expect(EndpointPatch.safeParse(fields).success).toBe(false)
    },
  )
})

describe('EndpointHeadersPatchIn', () => {
  it('turns names to delete into nulls', () => {
    const patch = EndpointHeadersPatchIn.parse({
      headers: { A: '1', B: null },
      deleteHeaders: ['C'],
    })
    expect(patch).toEqual({ headers: { A: '1', B: null, C: null } })
  })

  it('refuses a name that is both set and deleted', () => {
    const headers = { headers: { A: '1' }, deleteHeaders: ['a'] }
    expect(EndpointHeadersPatchIn.safeParse(headers).success).toBe(false)
  })
})

describe('EndpointSecretRotateIn', () => {
  it('keeps the old key for a day unless told otherwise', () => {
    expect(EndpointSecretRotateIn.parse({})).toEqual({ key: null, gracePeriodSeconds: 86_400 })
    expect(EndpointSecretRotateIn.parse({ gracePeriodSeconds: 0 }).gracePeriodSeconds).toBe(0)
  })

  it.each([-1, 604_801, 1.5])('refuses a grace period of %d seconds', (gracePeriodSeconds) => {
    expect(EndpointSecretRotateIn.safeParse({ gracePeriodSeconds }).success).toBe(false)
  })
})
