import { describe, expect, it } from 'vitest'
import { message, raw, rawInTurn, sendAndReset, setupPublisher } from './hostile-setup.ts'

const REFUSAL = { code: expect.any(String), detail: expect.any(String) }
const WELL = 'GET /api/v1/health HTTP/1.1\r\nhost: x\r\n\r\n'
const REFUSED_BY_NODE = [
  ['what is no HTTP', 'hello\r\n\r\n', 400],
  ['headers without end', `GET / HTTP/1.1\r\nhost: x\r\nx: ${'y'.repeat(20_000)}\r\n\r\n`, 431],
  ['a request without a host', 'GET / HTTP/1.1\r\n\r\n', 400],
  ['an expectation unheard of', 'GET / HTTP/1.1\r\nhost: x\r\nexpect: tea\r\n\r\n', 417],
  ['a request for a tunnel', 'CONNECT example.com:443 HTTP/1.1\r\nhost: x\r\n\r\n', 405],
] as const
const BROKEN_BODY =
  'POST /api/v1/app HTTP/1.1\r\nhost: x\r\ntransfer-encoding: chunked\r\n\r\nno length\r\n'

describe('what Node or the router refuse', () => {
  it.each([
    ['a path that is no text', 'GET /api/v1/app/%zz HTTP/1.1\r\nhost: x\r\n', 400],
    [
      'a publish to a path that is no text',
      'POST /api/v1/app/%zz/msg HTTP/1.1\r\nhost: x\r\ncontent-length: 0\r\n',
      400,
    ],
    [
      'two lengths',
      'POST /api/v1/app HTTP/1.1\r\nhost: x\r\ncontent-length: 5\r\ntransfer-encoding: chunked\r\n',
      400,
    ],
    ['a method unheard of', 'BREW /api/v1/app HTTP/1.1\r\nhost: x\r\n', 400],
    ['no HTTP at all', 'hello\r\n', 400],
    [
      'headers without end',
      `GET /api/v1/app HTTP/1.1\r\nhost: x\r\nx: ${'y'.repeat(20_000)}\r\n`,
      431,
    ],
    ['no host', 'GET /api/v1/app HTTP/1.1\r\n', 400],
    ['an expectation unheard of', 'GET /api/v1/app HTTP/1.1\r\nhost: x\r\nexpect: tea\r\n', 417],
    ['a request for a tunnel', 'CONNECT example.com:443 HTTP/1.1\r\nhost: x\r\n', 405],
  ])('%s is JSON', async (_what, head, expected) => {
    const { token, url } = await setupPublisher()
    const connection = 'connection: close\r\n'
    const text = `${head}${connection}authorization: Bearer ${token}\r\n\r\n`
    const { status, body, head: answered } = await raw(url, text)
    expect(status).toBe(expected)
    expect(answered.toLowerCase()).toContain('content-type: application/json')
    expect(JSON.parse(body)).toEqual(REFUSAL)
  })

  it.each([...REFUSED_BY_NODE, ['a broken body', BROKEN_BODY, 400]] as const)(
    '%s is JSON as the second request of a connection, too',
    async (_what, text, expected) => {
      const { url } = await setupPublisher()
      const [first, second] = await rawInTurn(url, [WELL, text])
      expect([first?.status, second?.status]).toEqual([204, expected])
      expect(JSON.parse(second?.body ?? '')).toEqual(REFUSAL)
    },
  )

  it.each(REFUSED_BY_NODE)(
    '%s is answered in its turn, after what was asked before',
    async (_what, text, expected) => {
      const { token, url } = await setupPublisher()
      const list = `GET /api/v1/app HTTP/1.1\r\nhost: x\r\nauthorization: Bearer ${token}\r\n\r\n`
      const [first, second] = await rawInTurn(url, [list + text])
      expect([first?.status, second?.status]).toEqual([200, expected])
      expect(JSON.parse(first?.body ?? '')).toMatchObject({ data: [{ uid: 'one' }] })
      expect(JSON.parse(second?.body ?? '')).toEqual(REFUSAL)
    },
  )

  it('whoever resets a connection that asked for a tunnel ends nothing else', async () => {
    const { send, token, url } = await setupPublisher()
    const list = `GET /api/v1/app HTTP/1.1\r\nhost: x\r\nauthorization: Bearer ${token}\r\n\r\n`
    const tunnel = 'CONNECT example.com:443 HTTP/1.1\r\nhost: x\r\n\r\n'
    for (const text of [tunnel, list + tunnel, list.repeat(20) + tunnel])
      for (let times = 0; times < 10; times++) await sendAndReset(url, text)
    expect((await send('GET', '/app')).status).toBe(200)
  })

  it('a request that comes after an early answer and the rest of its body is answered', async () => {
    const { url } = await setupPublisher()
    const early = 'POST /api/v1/app HTTP/1.1\r\nhost: x\r\ncontent-length: 5\r\n\r\n'
    for (const [, text, expected] of REFUSED_BY_NODE) {
      const [first, second] = await rawInTurn(url, [early, `12345${text}`])
      expect([first?.status, second?.status]).toEqual([401, expected])
    }
  })

  it('an unknown route is a 404, a known one by another method a 405 that says which', async () => {
    const { send, url } = await setupPublisher()
    expect(await send('GET', '/nothing')).toMatchObject({
      status: 404,
      body: { code: 'not_found' },
    })
    const wrong = await send('DELETE', '/app')
    expect(wrong).toMatchObject({ status: 405, body: { code: 'method_not_allowed' } })
    expect(wrong.headers.get('allow')).toBe('GET, POST')
    expect((await send('PUT', '/app/one/msg', { body: '{}' })).headers.get('allow')).toBe(
      'POST, GET',
    )
    const outside = await fetch(`${url}/elsewhere`)
    expect([outside.status, await outside.json()]).toMatchObject([404, { code: 'not_found' }])
  })

  it('a trailing slash is as good as none', async () => {
    const { publish, send } = await setupPublisher()
    expect((await send('GET', '/app/')).status).toBe(200)
    expect((await send('GET', '/app/one/')).status).toBe(200)
    expect((await send('POST', '/app/one/msg/', { body: message('{}') })).status).toBe(202)
    expect((await publish(message('{}'))).status).toBe(202)
  })

  it.each(['a%00b', 'a%0ab', '%ff', '..%2fone', 'x'.repeat(300), '%ed%a0%80'])(
    'an application named %s is a 404 or a 4xx, never our fault',
    async (name) => {
      const { send } = await setupPublisher()
      for (const path of [`/app/${name}`, `/app/${name}/endpoint`, `/event-type/${name}`]) {
        const { status } = await send('GET', path)
        expect([400, 404, 422]).toContain(status)
      }
      const { status } = await send('POST', `/app/${name}/msg`, { body: message('{}') })
      expect([400, 404, 422]).toContain(status)
    },
  )
})

describe('a path that no id or uid could be', () => {
  it.each(['a%20b', 'caf%C3%A9', 'a%3Ab', '%F0%9F%98%8A', 'x'.repeat(300)])(
    '%s is not judged: PUT creates under an id of its own, the rest is a 404',
    async (name) => {
      const { send } = await setupPublisher()
      const app = await send('PUT', `/app/${name}`, { body: { name: 'New' } })
      expect(app).toMatchObject({ status: 201, body: { id: expect.stringMatching(/^app_/) } })
      expect(app.body).not.toHaveProperty('uid')
      const body = { url: 'https://hooks.example.com/a' }
      expect((await send('PUT', `/app/one/endpoint/${name}`, { body })).status).toBe(201)
      for (const path of [`/app/${name}`, `/app/one/endpoint/${name}`, `/app/one/msg/${name}`]) {
        expect((await send('GET', path)).status).toBe(404)
      }
      expect((await send('PATCH', `/app/${name}`, { body: {} })).status).toBe(404)
    },
  )

  it('is judged where it becomes a name: publishing, and PUT of an event type', async () => {
    const { send } = await setupPublisher()
    const published = await send('POST', '/app/a%20b/msg', { body: message('{}') })
    expect(published).toMatchObject({
      status: 422,
      body: { detail: [{ loc: ['path', 'app_id_or_uid'] }] },
    })
    const put = await send('PUT', '/event-type/a%20b', { body: { description: '' } })
    expect(put).toMatchObject({
      status: 422,
      body: { detail: [{ loc: ['path', 'event_type_name'] }] },
    })
  })
})

describe('every answer', () => {
  it('has a request id, may be read by any page, and is not to be sniffed, stored or framed', async () => {
    const { publish, send } = await setupPublisher()
    const ids = new Set<string | null>()
    for (const answer of [
      await send('GET', '/app'),
      await send('GET', '/app/none'),
      await send('GET', '/nothing'),
      await send('POST', '/app', { body: '' }),
      await publish(message('{}')),
      await publish(''),
      await send('GET', '/health'),
    ]) {
      ids.add(answer.headers.get('x-request-id'))
      expect(Object.fromEntries(answer.headers)).toMatchObject({
        'access-control-allow-origin': '*',
        'x-content-type-options': 'nosniff',
        'referrer-policy': 'no-referrer',
        'cache-control': 'no-store',
      })
    }
    expect(ids.size).toBe(7)
    expect(ids).not.toContain(null)
  })

  it('to a preflight says what may be sent', async () => {
    const { url } = await setupPublisher()
    for (const path of ['/app', '/app/one/msg']) {
      const { status, headers } = await fetch(`${url}/api/v1${path}`, { method: 'OPTIONS' })
      expect(status).toBe(204)
      expect(headers.get('access-control-allow-headers')).toContain('idempotency-key')
      expect(headers.get('access-control-max-age')).toBe('600')
    }
  })
})
