import { describe, expect, it } from 'vitest'
import { setupEndpoints } from './endpoint-setup.ts'

const URL_A = 'https://hooks.example.com/a'

describe.each(['svix1', 'svix2'] as const)('headers through %s', (generation) => {
  it('sets, merges and removes them, and withholds the sensitive ones', async () => {
    const bench = await setupEndpoints()
    const { appId } = bench
    const sdk = bench.sdk(generation)
    const { id } = await sdk.create(appId, { url: URL_A, headers: { 'X-First': '1' } })
    expect(await sdk.getHeaders(appId, id)).toEqual({ headers: { 'X-First': '1' }, sensitive: [] })

    await sdk.setHeaders(appId, id, { headers: { 'X-A': '1', 'X-B': '2', 'X-Api-Key': 'k1' } })
    expect(await sdk.getHeaders(appId, id)).toEqual({
      headers: { 'X-A': '1', 'X-B': '2' },
      sensitive: ['X-Api-Key'],
    })

    await sdk.patchHeaders(appId, id, {
      headers: { 'x-a': '9', 'X-C': '3' },
      deleteHeaders: ['X-B'],
    })
    expect(await sdk.getHeaders(appId, id)).toEqual({
      headers: { 'x-a': '9', 'X-C': '3' },
      sensitive: ['X-Api-Key'],
    })
  })
})

describe('a null in PATCH', () => {
  it('removes the header whatever its case', async () => {
    const bench = await setupEndpoints()
    const path = await bench.createPath({
      url: URL_A,
      headers: { 'X-A': '1', Authorization: 'Bearer x' },
    })
    const headers = { 'x-a': null, AUTHORIZATION: null }
    expect((await bench.request('PATCH', `${path}/headers`, { headers })).status).toBe(204)
    expect((await bench.request('GET', `${path}/headers`)).body).toEqual({
      headers: {},
      sensitive: [],
    })
  })
})

const FORBIDDEN =
  `webhook-id Webhook-Signature svix-id X-Svix-Anything HOST content-type Content-Length transfer-encoding
  Connection keep-alive te Trailer upgrade expect Proxy-Authorization User-Agent`.split(/\s+/)
const REFUSED: readonly (readonly [name: string, value: unknown])[] = [
  ...FORBIDDEN.map((name) => [name, 'x'] as const),
  ...['a\r\nX: y', 'a\n', 'a\u0000', 'é', 'a\u007f', 'x'.repeat(4097)].map(
    (v) => ['x-a', v] as const,
  ),
  ...[1, true, {}].map((value) => ['x-a', value] as const),
  ...['a b', '', 'a:', 'é'].map((name) => [name, 'x'] as const),
]

describe('a header that can not be sent', () => {
  it('is refused by name on create, PUT and PATCH, and nothing is stored', async () => {
    const bench = await setupEndpoints()
    const path = await bench.createPath({ url: URL_A, headers: { 'x-kept': '1' } })
    const operational = '/operational-webhook/endpoint'
    await bench.request('POST', operational, { url: URL_A, uid: 'ops' })
    for (const [name, value] of [...REFUSED, ['x-a', null] as const]) {
      const headers = { [name]: value }
      const answers = [
        await bench.createRaw({ url: URL_A, headers }),
        await bench.request('PUT', `${path}/headers`, { headers }),
        await bench.request('POST', operational, { url: URL_A, headers }),
        await bench.request('PUT', `${operational}/ops/headers`, { headers }),
        // Where a null removes.
        ...(value === null ? [] : [await bench.request('PATCH', `${path}/headers`, { headers })]),
      ]
      for (const { status, body } of answers) {
        expect([name, value, status]).toEqual([name, value, 422])
        expect(body.detail[0].loc).toEqual(['body', 'headers', name])
      }
    }
    expect((await bench.request('GET', `${path}/headers`)).body.headers).toEqual({ 'x-kept': '1' })
    expect((await bench.request('GET', `${operational}/ops/headers`)).body.headers).toEqual({})
    expect((await bench.request('GET', operational)).body.data).toHaveLength(1)
  })

  it('is also one that differs from another only by case', async () => {
    const bench = await setupEndpoints()
    const { status, body } = await bench.createRaw({
      url: URL_A,
      headers: { 'X-A': '1', 'x-a': '2' },
    })
    expect(status).toBe(422)
    expect(body.detail[0].loc).toEqual(['body', 'headers', 'x-a'])
  })

  it('is also one too many, counted after merging', async () => {
    const bench = await setupEndpoints()
    const many = (from: number, count: number) =>
      Object.fromEntries(Array.from({ length: count }, (_, index) => [`x-${from + index}`, 'v']))
    const path = await bench.createPath({ url: URL_A, headers: many(0, 39) })
    const patch = (headers: unknown) => bench.request('PATCH', `${path}/headers`, { headers })
    expect((await patch(many(39, 1))).status).toBe(204)
    const refused = await patch(many(40, 1))
    expect(refused.status).toBe(422)
    expect(refused.body.detail[0].loc).toEqual(['body', 'headers'])
    expect((await patch({ 'x-0': null, 'x-new': 'v' })).status).toBe(204)
    const created = await bench.createRaw({ url: URL_A, headers: many(0, 41) })
    const put = await bench.request('PUT', `${path}/headers`, { headers: many(0, 41) })
    for (const { status, body } of [created, put]) {
      expect([status, body.detail[0].loc]).toEqual([422, ['body', 'headers']])
    }
  })
})

it('keeps names that objects have by themselves', async () => {
  const bench = await setupEndpoints()
  const path = await bench.createPath({ url: URL_A })
  const headers = { constructor: '1', toString: '2', hasOwnProperty: '3' }
  expect((await bench.request('PUT', `${path}/headers`, { headers })).status).toBe(204)
  expect((await bench.request('GET', `${path}/headers`)).body.headers).toEqual(headers)
  const refused = await bench.request('PUT', `${path}/headers`, '{"headers":{"__proto__":"1"}}')
  expect(refused.status).toBe(422)
})
