import { describe, expect, it } from 'vitest'
import { setupEndpoints } from './endpoint-setup.ts'

const URL_A = 'https://hooks.example.com/a'

/** Every operation on one endpoint: method, what follows its path, a body that would do. */
const OPERATIONS = [
  ['GET', '', undefined],
  ['PATCH', '', { description: 'x' }],
  ['GET', '/headers', undefined],
  ['PUT', '/headers', { headers: {} }],
  ['PATCH', '/headers', { headers: {} }],
  ['GET', '/secret', undefined],
  ['POST', '/secret/rotate', {}],
  ['GET', '/stats', undefined],
  ['POST', '/send-example', { eventType: 'svix.ping' }],
  ['POST', '/recover', { since: new Date().toISOString() }],
  ['DELETE', '', undefined],
] as const

describe.each(OPERATIONS)('%s …/endpoint/{id}%s', (method, rest, body) => {
  it('is 401 without a token, and 404 for whoever does not own the endpoint', async () => {
    const bench = await setupEndpoints()
    const path = await bench.createPath({ url: URL_A })
    const endpointId = path.split('/').at(-1)
    expect((await bench.as('')(method, `${path}${rest}`, body)).status).toBe(401)
    const sibling = `/app/${bench.siblingAppId}/endpoint/${endpointId}${rest}`
    const answers = [
      await bench.as(bench.strangerToken)(method, `${path}${rest}`, body),
      await bench.request(method, sibling, body),
      await bench.as(await bench.portalToken(bench.siblingAppId))(method, `${path}${rest}`, body),
      await bench.request(method, `${path}x${rest}`, body),
    ]
    for (const answer of answers)
      expect(answer).toMatchObject({ status: 404, body: { code: 'not_found' } })
  })
})

describe("PUT of a stranger's endpoint", () => {
  it('makes one of their own, and leaves that one alone', async () => {
    const bench = await setupEndpoints()
    const path = await bench.createPath({ url: URL_A })
    const elsewhere = path.replace(bench.appId, bench.siblingAppId)
    const put = await bench.request('PUT', elsewhere, { url: 'https://other.example.com/' })
    expect(put.status).toBe(201)
    expect(put.body.id).not.toBe(path.split('/').at(-1))
    expect((await bench.request('GET', path)).body.url).toBe(URL_A)
  })
})

describe('a portal token', () => {
  it('manages the endpoints of its application with all capabilities', async () => {
    const bench = await setupEndpoints()
    const token = await bench.portalToken(bench.appId)
    const path = `/app/${bench.appId}/endpoint`
    const created = await bench.as(token)('POST', path, { url: URL_A })
    expect(created.status).toBe(201)
    const one = `${path}/${created.body.id}`
    expect((await bench.as(token)('PATCH', one, { disabled: true })).body.state.disabledBy).toBe(
      'customer',
    )
    expect((await bench.as(token)('GET', `${one}/secret`)).status).toBe(200)
  })

  it('that may only look can change nothing and sees no secret', async () => {
    const bench = await setupEndpoints()
    const path = await bench.createPath({ url: URL_A })
    const token = await bench.portalToken(bench.appId, ['ViewBase'])
    for (const [method, rest, body] of OPERATIONS) {
      const { status } = await bench.as(token)(method, `${path}${rest}`, body)
      const isReading = method === 'GET' && rest !== '/secret'
      expect([method, rest, status]).toEqual([method, rest, isReading ? 200 : 403])
    }
  })
})

describe('an id that nobody has', () => {
  it.each(['ep_zzzzzzzzzzzzzzzzzzzzzzzzzzz', 'ep_', 'ep_!', 'a%00b', 'x'.repeat(300)])(
    '%s is 404',
    async (id) => {
      const bench = await setupEndpoints()
      const { status } = await bench.request('GET', `/app/${bench.appId}/endpoint/${id}`)
      expect(status).toBe(404)
    },
  )

  it.each(['ep_zzzzzzzzzzzzzzzzzzzzzzzzzzz', 'msg_2X', 'x', '-'])(
    'iterator %s is 422',
    async (iterator) => {
      const bench = await setupEndpoints()
      const { status, body } = await bench.request(
        'GET',
        `/app/${bench.appId}/endpoint?iterator=${iterator}`,
      )
      expect(status).toBe(422)
      expect(body.detail[0].loc).toEqual(['query', 'iterator'])
    },
  )

  it.each(['-1', '251', '1e9', 'abc', '0x10', '1&limit=2'])('limit %s is 422', async (limit) => {
    const bench = await setupEndpoints()
    const { status, body } = await bench.request(
      'GET',
      `/app/${bench.appId}/endpoint?limit=${limit}`,
    )
    expect(status).toBe(422)
    expect(body.detail[0].loc).toEqual(['query', 'limit'])
  })
})
