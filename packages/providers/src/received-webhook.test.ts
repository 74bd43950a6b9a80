import { expect, it } from 'vitest'
import { readWebhook } from './received-webhook.ts'

function jsonOf(body: string): unknown {
  const received = { rawBody: Buffer.from(body), method: 'POST', url: '', headers: {} }
  return readWebhook(received).json()
}

it('reads JSON of megabytes, but not of more than two million values', () => {
  const text = 'a, b '.repeat(500_000)
  expect(jsonOf(JSON.stringify({ type: 'a', text }))).toEqual({ type: 'a', text })
  expect(jsonOf(`{"type":"a","list":[${'0,'.repeat(2_000_001)}0]}`)).toBeUndefined()
  expect(jsonOf('['.repeat(2_000_001))).toBeUndefined()
})

const FORM = { 'content-type': 'application/x-www-form-urlencoded' }

it.each([
  { what: 'JSON', body: '{"a":1}', headers: {}, isParsed: true },
  { what: 'no JSON', body: '{"a":', headers: {}, isParsed: false },
  {
    what: 'more than is built',
    body: `[${'0,'.repeat(2_000_001)}0]`,
    headers: {},
    isParsed: false,
  },
  { what: 'a form with JSON in a field', body: 'payload={}', headers: FORM, isParsed: false },
])('knows whether all of the body was parsed as JSON: $what', ({ body, headers, isParsed }) => {
  const received = { rawBody: Buffer.from(body), method: 'POST', url: '', headers }
  const webhook = readWebhook(received, 'payload')
  expect(webhook.isParsed()).toBe(false)
  webhook.json()
  expect(webhook.isParsed()).toBe(isParsed)
})
