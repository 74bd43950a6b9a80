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
