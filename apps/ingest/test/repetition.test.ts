import { createHmac } from 'node:crypto'
import { DEFAULT_OPTIONS } from '@posthorn/core'
import { expect, it } from 'vitest'
import { startTestIngest } from './test-ingest.ts'

const SECRET = 'a-secret-of-shopify'

function signShopify(body: string, topic: string, id: string): Record<string, string> {
  return {
    'x-shopify-hmac-sha256': createHmac('sha256', SECRET).update(body).digest('base64'),
    'x-shopify-topic': topic,
    'x-shopify-webhook-id': id,
  }
}

it('one signed body under two event types is two messages, and each is one however often it comes', async () => {
  await using ingest = await startTestIngest()
  const source = await ingest.source({ type: 'shopify', secrets: [SECRET] })
  const order = '{"id":1,"total":"10.00"}'
  const created = signShopify(order, 'orders/create', 'a')
  const paid = signShopify(order, 'orders/paid', 'b')
  for (const headers of [created, paid, created, { ...paid, 'x-shopify-webhook-id': 'c' }])
    expect((await source.send(order, headers)).status).toBe(200)
  const types = (await source.messages()).map(({ eventType }) => eventType)
  expect(types).toEqual(['shopify.orders_create', 'shopify.orders_paid'])
  const outcomes = (await source.requests()).map(({ outcome }) => outcome)
  expect(outcomes).toEqual(['accepted', 'accepted', 'duplicate', 'duplicate'])
})

it('where a secret alone proves the sender, events are told apart by their id', async () => {
  await using ingest = await startTestIngest()
  const config = { verification: 'bearer', deliveryIdFrom: 'header X-Id' }
  const source = await ingest.source({ type: 'generic', config, secrets: ['a-secret'] })
  for (const id of ['1', '2', '1']) {
    const headers = { authorization: 'Bearer a-secret', 'x-id': id }
    expect((await source.send('{"tick":true}', headers)).status).toBe(200)
  }
  const outcomes = (await source.requests()).map(({ outcome }) => outcome)
  expect(outcomes).toEqual(['accepted', 'accepted', 'duplicate'])
})

it.each([
  ['7 days, unless the source says otherwise', {}, 7 * 86_400],
  ['as long as the source says', { dedupeSeconds: 3_600 }, 3_600],
])('an event counts as a repetition for %s', async (...[, chosen, seconds]) => {
  await using ingest = await startTestIngest()
  const config = { deliveryIdFrom: 'json id' }
  const source = await ingest.source({ config, options: { ...DEFAULT_OPTIONS, ...chosen } })
  await source.send('{"id":"1"}')
  const { rows } = await ingest.core.db.hot.query<{ left: number }>(
    'SELECT EXTRACT(EPOCH FROM expires_at - now())::float8 AS left FROM source_key',
  )
  expect(rows).toHaveLength(1)
  expect(rows[0]?.left).toBeLessThanOrEqual(seconds)
  expect(rows[0]?.left).toBeGreaterThan(seconds - 600)
})
