import { describe, expect, it } from 'vitest'
import { sendAs, setupApi } from './api-setup.ts'
import { startTestApi } from './test-api.ts'

const url = 'https://hooks.example.com/a'

async function setupPublisher() {
  const bench = await setupApi()
  await bench.send('POST', '/app', { body: { name: 'One', uid: 'one' } })
  for (const name of ['wanted', 'other']) {
    await bench.send('POST', '/event-type', { body: { name, description: '' } })
  }
  return {
    ...bench,
    deliveriesOf: async (messageId: string): Promise<string[]> => {
      const { rows } = await bench.core.db.hot.query<{ id: string }>(
        'SELECT endpoint_id AS id FROM delivery WHERE message_id = $1',
        [messageId],
      )
      return rows.map((row) => row.id)
    },
  }
}

describe('a publish with an idempotency key', () => {
  it('is one message with one delivery, also after the api was restarted', async () => {
    const { databaseUrl, deliveriesOf, send, token } = await setupPublisher()
    const { body: endpoint } = await send('POST', '/app/one/endpoint', { body: { url } })
    const publishing = (n: number) => ({
      headers: { 'idempotency-key': 'k1' },
      body: { eventType: 'wanted', payload: { n } },
    })
    const publishAt = async (apiUrl: string, n: number) =>
      sendAs(apiUrl, token)('POST', '/app/one/msg', publishing(n))
    const first = await startTestApi({ databaseUrl })
    const sent = await publishAt(first.url, 1)
    expect(sent.status).toBe(202)
    await first[Symbol.asyncDispose]()

    await using second = await startTestApi({ databaseUrl })
    expect(await publishAt(second.url, 1)).toMatchObject({ status: 202, body: sent.body })
    expect(await publishAt(second.url, 2)).toMatchObject({
      status: 409,
      body: { code: 'idempotency_key_reused' },
    })
    expect((await send('GET', '/app/one/msg')).body.data).toHaveLength(1)
    expect(await deliveriesOf(sent.body.id)).toEqual([endpoint.id])
  })
})

describe('a filter of an endpoint', () => {
  const messages = {
    eventTypes: [{ eventType: 'wanted' }, { eventType: 'other' }],
    channels: [
      { eventType: 'wanted', channels: ['wanted'] },
      { eventType: 'wanted', channels: ['other'] },
    ],
  }

  it.each([
    ['eventTypes', 'event_type'],
    ['channels', 'channel'],
  ] as const)('%s decides as GET shows it; [], null and absent let all in', async (field, why) => {
    const { deliveriesOf, send } = await setupPublisher()
    const { body: endpoint } = await send('POST', '/app/one/endpoint', { body: { url } })
    const path = `/app/one/endpoint/${endpoint.id}`
    const receives = async () => {
      const [match, miss] = messages[field]
      const sent = []
      for (const message of [match, miss]) {
        const body = { ...message, payload: {} }
        sent.push((await send('POST', '/app/one/msg', { body })).body)
      }
      const counts = await Promise.all(sent.map(async ({ id }) => (await deliveriesOf(id)).length))
      return { counts, unmatched: sent.map((message) => message.unmatched) }
    }
    const everything = { counts: [1, 1], unmatched: [null, null] }
    expect(endpoint[field]).toBeNull()
    expect(await receives()).toEqual(everything)

    const patched = await send('PATCH', path, { body: { [field]: ['wanted'] } })
    expect(patched.body[field]).toEqual(['wanted'])
    expect(await receives()).toEqual({ counts: [1, 0], unmatched: [null, why] })

    for (const none of [[], null]) {
      await send('PATCH', path, { body: { [field]: ['wanted'] } })
      await send('PATCH', path, { body: { [field]: none } })
      expect((await send('GET', path)).body[field]).toBeNull()
      expect(await receives()).toEqual(everything)
    }
  })
})
