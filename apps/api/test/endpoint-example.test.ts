import { describe, expect, it } from 'vitest'
import { setupEndpoints } from './endpoint-setup.ts'

const URL_A = 'https://hooks.example.com/a'

describe.each(['svix1', 'svix2'] as const)('send-example through %s', (generation) => {
  it('sends the example to this endpoint alone, past its filters, by hand and tagged test', async () => {
    const bench = await setupEndpoints()
    await bench.createPath({ url: URL_A })
    const path = await bench.createPath({ url: URL_A, channels: ['nowhere'] })
    const endpointId = path.split('/').at(-1) ?? ''
    const message = await bench
      .sdk(generation)
      .sendExample(bench.appId, endpointId, { eventType: 'invoice.paid', exampleIndex: 1 })
    expect(message).toMatchObject({ eventType: 'invoice.paid', payload: { n: 2 }, tags: ['test'] })
    const { rows } = await bench.db.hot.query(
      'SELECT endpoint_id, trigger, status, wait FROM delivery WHERE message_id = $1',
      [message.id],
    )
    expect(rows).toEqual([
      { endpoint_id: endpointId, trigger: 'manual', status: 'pending', wait: 'time' },
    ])
  })
})

describe('send-example', () => {
  it('answers 202, and knows svix.ping without its being defined', async () => {
    const bench = await setupEndpoints()
    const path = await bench.createPath({ url: URL_A })
    const answer = await bench.request('POST', `${path}/send-example`, { eventType: 'svix.ping' })
    expect(answer).toMatchObject({ status: 202, body: { payload: { success: true } } })
  })

  it('is refused while the endpoint is disabled', async () => {
    const bench = await setupEndpoints()
    const path = await bench.createPath({ url: URL_A, disabled: true })
    const answer = await bench.request('POST', `${path}/send-example`, { eventType: 'svix.ping' })
    expect(answer).toMatchObject({ status: 400, body: { code: 'endpoint_disabled' } })
  })

  it('has a limit of its own: twenty a minute to one endpoint, then 429 with Retry-After', async () => {
    const bench = await setupEndpoints()
    const path = await bench.createPath({ url: URL_A, uid: 'tried' })
    const byUid = `/app/${bench.appId}/endpoint/tried`
    const other = await bench.createPath({ url: URL_A })
    const send = (to: string) =>
      bench.request('POST', `${to}/send-example`, { eventType: 'svix.ping' })
    for (let n = 0; n < 20; n++) expect((await send(n % 2 === 0 ? path : byUid)).status).toBe(202)
    const refused = await send(path)
    expect(refused).toMatchObject({ status: 429, body: { code: 'rate_limit_exceeded' } })
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThanOrEqual(1)
    expect((await send(byUid)).status).toBe(429)
    expect((await send(other)).status).toBe(202)
  })

  it('needs an event type that exists and has that example', async () => {
    const bench = await setupEndpoints()
    const path = await bench.createPath({ url: URL_A })
    const send = (body: unknown) => bench.request('POST', `${path}/send-example`, body)
    expect(await send({ eventType: 'nobody.knows' })).toMatchObject({ status: 404 })
    const tooFar = { eventType: 'invoice.paid', exampleIndex: 2 }
    expect(await send(tooFar)).toMatchObject({ status: 400, body: { code: 'invalid_scheme' } })
    expect(await send({ eventType: 'a b' })).toMatchObject({ status: 422 })
  })
})

describe('send-example with a payload of its own', () => {
  it('sends that, under any event type', async () => {
    const bench = await setupEndpoints()
    const path = await bench.createPath({ url: 'https://hooks.example.com/a' })
    const payload = { order: [1, { deep: 'ä' }] }
    const asked = { eventType: 'order.unheard-of', payload }
    const { status, body } = await bench.request('POST', `${path}/send-example`, asked)
    expect(status).toBe(202)
    expect(body).toMatchObject({ eventType: 'order.unheard-of', payload, tags: ['test'] })
  })

  it.each([[[1]], ['text'], [{ a: '\0' }]])('refuses %j', async (payload) => {
    const bench = await setupEndpoints()
    const path = await bench.createPath({ url: 'https://hooks.example.com/a' })
    const asked = { eventType: 'invoice.paid', payload }
    const { status, body } = await bench.request('POST', `${path}/send-example`, asked)
    expect(status).toBe(422)
    expect(body.detail[0].loc.slice(0, 2)).toEqual(['body', 'payload'])
  })
})
