import { expect, test } from 'vitest'
import { judgeEndpointHeaders } from './header-rules.ts'

const rulesOf = (headers: Record<string, string | null>) =>
  [...judgeEndpointHeaders(headers)].map(([name, fault]) => [name, fault.rule])

test.each([
  'webhook-id',
  'webhook-signature',
  'svix-id',
  'x-svix-anything',
  'host',
  'content-type',
  'content-length',
  'content-encoding',
  'content-language',
  'content-location',
  'content-md5',
  'transfer-encoding',
  'connection',
  'keep-alive',
  'te',
  'trailer',
  'trailers',
  'upgrade',
  'expect',
  'proxy-authorization',
  'proxy-authenticate',
  'proxy-connection',
  'user-agent',
  'age',
  'cache-control',
  'clear-site-data',
  'expires',
  'pragma',
  'warning',
  'x-amz-date',
  'x-amzn-trace-id',
  'x-google-x',
  'x-goog-x',
  'x-gfe-x',
  'x-azure-x',
  'x-fd-x',
])('refuses %s in any case, also when it is only deleted', (name) => {
  const capitals = name.toUpperCase()
  expect(rulesOf({ [name]: 'x' })).toEqual([[name, 'forbidden']])
  expect(rulesOf({ [capitals]: 'x' })).toEqual([[capitals, 'forbidden']])
  expect(rulesOf({ [name]: null })).toEqual([[name, 'forbidden']])
})

test.each([
  'authorization',
  'X-Api-Key',
  'x-custom',
  'cookie',
  'accept',
  'X_Y',
  'hostname',
  'x-webhook-id',
])('allows %s', (name) => {
  expect(rulesOf({ [name]: 'Some value; with="punctuation"~' })).toEqual([])
})

test.each(['', ' ', 'a b', 'a:b', 'a\r\nb', 'é', 'a\0', '(x)', 'x'.repeat(257)])(
  'refuses the name %j',
  (name) => {
    expect(rulesOf({ [name]: 'x' })).toEqual([[name, 'name']])
  },
)

test.each(['a\r\nb', 'a\nb', 'a\rb', 'a\0b', 'é', '\u007f', '\u0080', '😊', '\u0001', '\ud800'])(
  'refuses the value %j and does not repeat it',
  (value) => {
    const fault = judgeEndpointHeaders({ 'x-a': value }).get('x-a')
    expect(fault?.rule).toBe('value')
    expect(fault?.fault).not.toContain(value)
  },
)

test('takes a value of 4,096 bytes and no more', () => {
  expect(rulesOf({ a: 'x'.repeat(4096), b: 'x'.repeat(4097) })).toEqual([['b', 'too_long']])
})

test('refuses names that differ only by case', () => {
  expect(rulesOf({ 'X-A': '1', 'x-b': '2', 'x-a': '3' })).toEqual([['x-a', 'duplicate']])
})

test('judges names that objects have by themselves like any other', () => {
  const headers: unknown = JSON.parse('{"__proto__":"x","constructor":"y","toString":"z\\n"}')
  if (typeof headers !== 'object' || headers === null) throw new Error('not an object')
  expect(rulesOf(Object.fromEntries(Object.entries(headers)))).toEqual([['toString', 'value']])
})
