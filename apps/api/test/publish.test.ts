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

describe('an eventId', () => {
  const message = (n: number) => ({ eventType: 'wanted', eventId: 'order-1', payload: { n } })

  it('is one message of an application: a second is a 409 that names the first', async () => {
    const { send, svix1, svix2 } = await setupPublisher()
    const first = await send('POST', '/app/one/msg', { body: message(1) })
    expect(first).toMatchObject({ status: 202, body: { eventId: 'order-1' } })
    const taken = { code: 'conflict', detail: expect.stringContaining(first.body.id) }
    expect(await send('POST', '/app/one/msg', { body: message(2) })).toMatchObject({
      status: 409,
      body: taken,
    })
    for (const sdk of [svix1, svix2])
      await expect(sdk.message.create('one', message(3))).rejects.toMatchObject({
        code: 409,
        body: taken,
      })
    expect((await send('GET', '/app/one/msg')).body.data).toMatchObject([{ payload: { n: 1 } }])
    await send('POST', '/app', { body: { name: 'Two', uid: 'two' } })
    expect((await send('POST', '/app/two/msg', { body: message(4) })).status).toBe(202)
  })

  it('of 50 publishes at once over two apis is one message, which the other 49 name', async () => {
    const { databaseUrl, send, token } = await setupPublisher()
    await using other = await startTestApi({ databaseUrl })
    const sends = [send, sendAs(other.url, token)] as const
    const publish = (n: number) =>
      sends[n % 2 === 0 ? 0 : 1]('POST', '/app/one/msg', { body: message(n) })
    const answers = await Promise.all(Array.from({ length: 50 }, (_, n) => publish(n)))
    const [accepted, ...more] = answers.filter(({ status }) => status === 202)
    expect(more).toEqual([])
    const refused = answers.filter((answer) => answer !== accepted)
    const detail = expect.stringContaining(accepted?.body.id)
    expect(refused).toMatchObject(
      refused.map(() => ({ status: 409, body: { code: 'conflict', detail } })),
    )
    expect((await send('GET', '/app/one/msg')).body.data).toHaveLength(1)
  })
})

describe('a payload that breaks the schema of its event type', () => {
  const schemas = { 1: { type: 'object', properties: { total: { type: 'number' } } } }
  const broken = { eventType: 'priced', payload: { total: 'much' } }
  const fault = { path: '/total', message: expect.stringMatching(/number/) }

  async function setupSchema(validation: object) {
    const bench = await setupPublisher()
    const { send } = bench
    await send('POST', '/app/one/endpoint', { body: { url } })
    const body = { name: 'priced', description: '', schemas, ...validation }
    expect((await send('POST', '/event-type', { body })).status).toBe(201)
    const publish = (payload: object) =>
      send('POST', '/app/one/msg', { body: { eventType: 'priced', payload } })
    return { ...bench, publish }
  }

  it.each([
    ['as long as nothing else was said', {}],
    ['with `warn`', { schemaValidation: 'warn' }],
  ])('is accepted %s, and schemaErrors says what is wrong', async (_when, validation) => {
    const { deliveriesOf, publish, send } = await setupSchema(validation)
    const sent = await publish(broken.payload)
    expect(sent).toMatchObject({ status: 202, body: { schemaErrors: [fault] } })
    expect(await deliveriesOf(sent.body.id)).toHaveLength(1)
    const kept = await send('GET', `/app/one/msg/${sent.body.id}`)
    expect(kept.body).toMatchObject({ payload: broken.payload, schemaErrors: [fault] })
    expect((await publish({ total: 5 })).body.schemaErrors).toBeNull()
  })

  it('is not looked at with `off`', async () => {
    const { publish } = await setupSchema({ schemaValidation: 'off' })
    expect(await publish(broken.payload)).toMatchObject({
      status: 202,
      body: { schemaErrors: null },
    })
  })

  it('is refused with `reject`, at the place that is wrong, and through the SDKs too', async () => {
    const { publish, send, svix1, svix2 } = await setupSchema({ schemaValidation: 'reject' })
    const refusal = { detail: [{ loc: ['body', 'payload', 'total'], msg: fault.message }] }
    expect(await publish(broken.payload)).toMatchObject({ status: 422, body: refusal })
    for (const sdk of [svix1, svix2])
      await expect(sdk.message.create('one', broken)).rejects.toMatchObject({
        code: 422,
        body: refusal,
      })
    expect((await send('GET', '/app/one/msg')).body.data).toEqual([])
    expect((await publish({ total: 5 })).status).toBe(202)
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
