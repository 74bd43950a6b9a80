import { describe, expect, it } from 'vitest'
import { parseJsonBody } from './json-body.ts'
import { parseMessageBody, parseMessageIn } from './message-body.ts'
import { RequestValidationError } from './validation-error.ts'

function faultsOf(parse: () => unknown) {
  try {
    parse()
  } catch (err) {
    if (err instanceof RequestValidationError) return err.detail
    throw err
  }
  return []
}

const publish = (payload: string) => `{"eventType":"a.b","payload":${payload}}`

describe('parseMessageBody', () => {
  it.each([
    '{"n":12345678901234567890,"a":1.0,"b":-0,"c":1e400,"d":1E+2}',
    '{ "odd" :\t1 ,\r\n"w": [ ] }',
    String.raw`{"nul":"\u0000","lone":"\ud800","slash":"\/"}`,
    '{"__proto__":{"polluted":true},"constructor":1,"toString":2}',
    '{"text":"\\"payload\\":{","deep":{"payload":{}}}',
    '{}',
  ])('keeps the text of %s as it came', (payload) => {
    const text = ` {"note":"\\"payload\\":{\\"x\\"", "payload" :${payload} , "eventType":"a.b"} `
    expect(parseMessageBody(text)).toEqual({
      fields: { note: '"payload":{"x"', payload: null, eventType: 'a.b' },
      payloadText: payload,
    })
  })

  it('takes a key spelled with escapes for the same key', () => {
    expect(parseMessageBody(String.raw`{"pay\u006coad":{"a":1}}`).payloadText).toBe('{"a":1}')
  })

  it('knows payload by its older name', () => {
    expect(parseMessageBody('{"data":{"a":1}}').payloadText).toBe('{"a":1}')
  })

  it.each([
    ['{"payload":{},"payload":{}}', 'payload'],
    [String.raw`{"payload":{},"pay\u006coad":{}}`, 'payload'],
    ['{"eventType":"a","eventType":"b","payload":{}}', 'eventType'],
    ['{"payload":{},"data":{}}', 'data'],
  ])('refuses two meanings in %s', (text, key) => {
    expect(faultsOf(() => parseMessageBody(text))).toMatchObject([
      { loc: ['body', key], type: 'value_error' },
    ])
  })

  it.each(['null', '[]', '"x"', '1', 'true'])('refuses the payload %s by its place', (payload) => {
    expect(faultsOf(() => parseMessageBody(publish(payload)))).toMatchObject([
      { loc: ['body', 'payload'], type: 'value_error.jsondecode' },
    ])
  })

  it.each([201, 10_000, 1_000_000])('refuses %i levels without overflowing', (levels) => {
    for (const [open, close] of [
      ['[', ']'],
      ['{"a":', '}'],
    ] as const) {
      const payload = `{"a":${open.repeat(levels)}1${close.repeat(levels)}}`
      expect(faultsOf(() => parseMessageBody(publish(payload)))).toMatchObject([
        { loc: ['body', 'payload'], type: 'value_error' },
      ])
    }
  })

  it('takes 200 levels, the body included', () => {
    const payload = `{"a":${'['.repeat(198)}${']'.repeat(198)}}`
    expect(parseMessageBody(publish(payload)).payloadText).toBe(payload)
  })

  it('does not let a payload or a field change a prototype', () => {
    const { fields } = parseMessageBody('{"__proto__":{"polluted":1},"payload":{}}')
    expect(fields).not.toHaveProperty('polluted')
    expect({}).not.toHaveProperty('polluted')
  })
})

const MALFORMED = [
  '',
  ' ',
  'null',
  '[]',
  '"x"',
  '1',
  '{',
  '{"a":1',
  '{"a":1,}',
  '{,}',
  '{"a"}',
  '{"a":}',
  '{"a":NaN}',
  '{"a":1}{"b":2}',
  '{"a":1} x',
  '{a:1}',
  "{'a':1}",
  '{"a":01}',
  '{"a":1.}',
  '{"a":-}',
  '{"a":+1}',
  '{"a":1e}',
  '{"a":.5}',
  '{"a":tru}',
  '{"a":[1,]}',
  '{"a":[1 2]}',
  '{"a":"\t"}',
  '{"a":"\\x"}',
  '{"a":"\\u12g4"}',
  '{"a":"\\u12"}',
  '{"a":"b}',
  '{"a":"b\\',
  '{"a":1]',
  '{"a":[1}',
  '{"a" 1}',
  '\u00a0{"a":1}',
  '{"a":1}\u0000',
  '{"a":Infinity}',
]

describe('parseJsonBody', () => {
  it.each(MALFORMED)('calls %j malformed', (text) => {
    expect(faultsOf(() => parseJsonBody(text))).toMatchObject([
      { loc: ['body'], type: 'value_error.jsondecode' },
    ])
    expect(faultsOf(() => parseMessageBody(text))).toMatchObject([
      { loc: ['body'], type: 'value_error.jsondecode' },
    ])
  })

  it('accepts exactly what JSON.parse accepts', () => {
    const seed = '{"a":[1,-0.5e+3,"x\\n\\u00e9"],"b":{"c":null,"d":true},"e":false}'
    const pieces = ['"', '\\', '{', '}', '[', ']', ',', ':', '0', '-', '.', 'e', ' ', '\n', 'u']
    for (let at = 0; at < seed.length; at++) {
      for (const piece of pieces) {
        expectSameVerdict(seed.slice(0, at) + piece + seed.slice(at))
        expectSameVerdict(seed.slice(0, at) + piece + seed.slice(at + 1))
      }
      expectSameVerdict(seed.slice(0, at) + seed.slice(at + 1))
    }
  })

  it('refuses a key that comes twice', () => {
    expect(faultsOf(() => parseJsonBody('{"name":"a","name":"b"}'))).toMatchObject([
      { loc: ['body', 'name'], type: 'value_error' },
    ])
  })
})

// Duplicate keys are the one thing that we refuse and JSON.parse takes.
function expectSameVerdict(text: string): void {
  const faults = faultsOf(() => parseJsonBody(text))
  if (faults.some((fault) => fault.type === 'value_error')) return
  expect([text, faults.length === 0]).toEqual([text, isJsonObject(text)])
}

function isJsonObject(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null && !Array.isArray(value)
  } catch {
    return false
  }
}

describe('parseMessageIn', () => {
  it('fills in what is absent', () => {
    expect(parseMessageIn(publish('{"a":1}'))).toEqual({
      eventType: 'a.b',
      eventId: null,
      channels: null,
      tags: null,
      application: null,
      payloadRetentionHours: null,
      payloadText: '{"a":1}',
    })
  })

  it('names every fault at once, a missing payload among them', () => {
    const faults = faultsOf(() => parseMessageIn('{"channels":["a b"],"eventId":"msg_x"}'))
    expect(faults.map((fault) => fault.loc)).toEqual([
      ['body', 'eventType'],
      ['body', 'eventId'],
      ['body', 'channels', '[0]'],
      ['body', 'payload'],
    ])
  })

  it.each([
    ['payloadRetentionPeriod', '-1'],
    ['payloadRetentionPeriod', '91'],
    ['payloadRetentionPeriod', 'null'],
    ['payloadRetentionHours', '2161'],
    ['deliverAt', '"0000-01-01T00:00:00Z"'],
    ['deliverAt', '"+275760-09-13T00:00:00Z"'],
    ['deliverAt', '"2099-01-01T00:00:00Z"'],
    ['tags', '["a","b","c","d","e","f"]'],
    ['eventType', '"a b"'],
    ['eventType', '""'],
    ['eventType', `"${'x'.repeat(257)}"`],
    ['eventId', '".."'],
  ])('refuses %s: %s by its place', (field, value) => {
    const eventType = field === 'eventType' ? '' : '"eventType":"a",'
    const faults = faultsOf(() => parseMessageIn(`{${eventType}"payload":{},"${field}":${value}}`))
    expect(faults[0]?.loc).toEqual(['body', field])
  })

  it('counts retention in hours, whichever unit came', () => {
    const hours = (field: string) =>
      parseMessageIn(`{"eventType":"a","payload":{},${field}}`).payloadRetentionHours
    expect(hours('"payloadRetentionPeriod":2')).toBe(48)
    expect(hours('"payloadRetentionHours":5')).toBe(5)
  })

  it('sends a raw payload as it is, if it is a JSON object', () => {
    const body = (raw: string) =>
      `{"eventType":"a","payload":{},"transformationsParams":{"rawPayload":${JSON.stringify(raw)}}}`
    expect(parseMessageIn(body('{"a": 1.0}')).payloadText).toBe('{"a": 1.0}')
    expect(faultsOf(() => parseMessageIn(body('<a/>')))[0]?.loc).toEqual([
      'body',
      'transformationsParams',
      'rawPayload',
    ])
  })
})
