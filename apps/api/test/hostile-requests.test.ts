import { connect } from 'node:net'
import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { type Sending, setupApi } from './api-setup.ts'

const MEGABYTE = 1024 * 1024

async function setupPublisher() {
  const bench = await setupApi()
  await bench.send('POST', '/app', { body: { name: 'One', uid: 'one' } })
  return {
    ...bench,
    publish: (body: unknown, headers: Sending['headers'] = {}) =>
      bench.send('POST', '/app/one/msg', { body, headers }),
  }
}

const message = (payload: string) => `{"eventType":"a.b","payload":${payload}}`
const nested = (levels: number) => '['.repeat(levels) + ']'.repeat(levels)

/** What a raw socket gets back, whole. */
function raw(url: string, text: string): Promise<{ status: number; head: string; body: string }> {
  const { promise, resolve, reject } = Promise.withResolvers<{
    status: number
    head: string
    body: string
  }>()
  const { hostname, port } = new URL(url)
  const socket = connect(Number(port), hostname, () => socket.write(text))
  let answer = ''
  socket.setEncoding('latin1')
  socket.on('data', (chunk: string) => (answer += chunk))
  socket.on('error', reject)
  socket.on('close', () => {
    const [head = '', body = ''] = answer.split('\r\n\r\n')
    resolve({ status: Number(head.split(' ')[1]), head, body })
  })
  return promise
}

describe('a body that is no JSON object', () => {
  it.each([
    '',
    'null',
    '[]',
    '"x"',
    '5',
    '{',
    '{"a":1,}',
    '{"a":NaN}',
    '{}{}',
    '{"a":1} x',
    "{'a':1}",
  ])('%j is a 422 on publish and elsewhere', async (body) => {
    const { publish, send } = await setupPublisher()
    for (const answer of [await publish(body), await send('POST', '/app', { body })]) {
      expect(answer.status).toBe(422)
      expect(answer.body.detail[0]).toMatchObject({ loc: ['body'], type: 'value_error.jsondecode' })
    }
  })

  it.each([
    ['', 'nothing'],
    ['null', 'null'],
    [' true ', 'true'],
    ['[]', 'an array'],
    ['"x"', 'a string'],
    ['-5', 'a number'],
  ])('%j is told what was expected', async (body, received) => {
    const { publish, send } = await setupPublisher()
    const msg = `Invalid input: expected a JSON object, received ${received}`
    for (const answer of [await publish(body), await send('POST', '/app', { body })]) {
      expect(answer.body.detail[0].msg).toBe(msg)
    }
  })

  it.each([
    ['a byte that never occurs', [0x7b, 0xff, 0xfe, 0x7d]],
    ['an overlong form', [0xc0, 0xaf]],
    ['a cut character', [0x7b, 0xe2, 0x82]],
    ['a surrogate', [0xed, 0xa0, 0x80]],
    ['UTF-16', [0xff, 0xfe, 0x7b, 0x00, 0x7d, 0x00]],
  ])('%s is refused as what is not UTF-8', async (_what, bytes) => {
    const { publish, send } = await setupPublisher()
    const body = new Uint8Array(bytes)
    expect(await publish(body)).toMatchObject({
      status: 422,
      body: { detail: [{ loc: ['body'] }] },
    })
    expect((await send('POST', '/app', { body })).status).toBe(422)
  })
})

describe('a body that is JSON', () => {
  it.each(['text/plain', 'application/vnd.x+json', 'application/json; charset=UTF-8', ''])(
    'is taken as %j too',
    async (type) => {
      const { publish } = await setupPublisher()
      expect(
        (await publish(message('{}'), type === '' ? {} : { 'content-type': type })).status,
      ).toBe(202)
    },
  )

  it('in another charset, or an encoding unheard of, is a 415', async () => {
    const { publish, send } = await setupPublisher()
    for (const headers of [
      { 'content-type': 'application/json; charset=utf-16' },
      { 'content-encoding': 'zstd' },
    ]) {
      expect((await publish(message('{}'), headers)).status).toBe(415)
      expect((await send('POST', '/app', { body: '{}', headers })).status).toBe(415)
    }
  })

  it('may be compressed', async () => {
    const { publish } = await setupPublisher()
    const headers = { 'content-encoding': 'gzip' }
    expect((await publish(gzipSync(message('{"a":1}')), headers)).status).toBe(202)
    expect((await publish(Buffer.from('no gzip'), headers)).status).toBe(400)
  })

  it('with a key twice at the top, however spelled, names it', async () => {
    const { publish, send } = await setupPublisher()
    for (const body of [
      '{"eventType":"a.b","payload":{},"payload":{}}',
      '{"eventType":"a.b","payload":{},"pay\\u006coad":{}}',
    ]) {
      expect((await publish(body)).body.detail[0].loc).toEqual(['body', 'payload'])
    }
    const twice = await send('POST', '/app', { body: '{"name":"a","name":"b"}' })
    expect(twice.body.detail[0].loc).toEqual(['body', 'name'])
  })

  it.each([10_000, 500_000])('nested %i deep is refused, and nothing breaks', async (levels) => {
    const { publish, send } = await setupPublisher()
    expect((await publish(message(`{"a":${nested(levels)}}`))).status).toBe(422)
    const body = `{"name":"x","metadata":${nested(levels)}}`
    expect((await send('POST', '/app', { body })).status).toBe(422)
    expect((await publish(message('{}'))).status).toBe(202)
  })

  it.each([
    ['{"eventType":"a.b"}', ['body', 'payload']],
    ['{"eventType":"a.b","payload":null}', ['body', 'payload']],
    ['{"eventType":"a.b","payload":[]}', ['body', 'payload']],
    ['{"eventType":"a.b","payload":"x"}', ['body', 'payload']],
    ['{"payload":{}}', ['body', 'eventType']],
    ['{"eventType":"","payload":{}}', ['body', 'eventType']],
    ['{"eventType":"a b","payload":{}}', ['body', 'eventType']],
    [`{"eventType":"${'x'.repeat(257)}","payload":{}}`, ['body', 'eventType']],
    ['{"eventType":5,"payload":{}}', ['body', 'eventType']],
    ['{"eventType":"a.b","payload":{},"channels":"x"}', ['body', 'channels']],
    ['{"eventType":"a.b","payload":{},"channels":["a b"]}', ['body', 'channels', '[0]']],
    ['{"eventType":"a.b","payload":{},"eventId":"a b"}', ['body', 'eventId']],
    [
      '{"eventType":"a.b","payload":{},"payloadRetentionPeriod":-1}',
      ['body', 'payloadRetentionPeriod'],
    ],
  ])('%s is a 422 with the exact place', async (body, loc) => {
    const { publish } = await setupPublisher()
    const answer = await publish(body)
    expect(answer.status).toBe(422)
    expect(answer.body.detail[0].loc).toEqual(loc)
  })
})

describe('a body of more than 2 MB', () => {
  const big = message(`{"a":"${'x'.repeat(2 * MEGABYTE)}"}`)

  it('is a 413 by its length, in chunks, and after inflating', async () => {
    const { publish, send, token, url } = await setupPublisher()
    const tooLarge = { status: 413, body: { code: 'payload_too_large' } }
    expect(await publish(big)).toMatchObject(tooLarge)
    expect(await send('POST', '/app', { body: big })).toMatchObject(tooLarge)
    const bomb = gzipSync(Buffer.alloc(200 * MEGABYTE))
    expect(await publish(bomb, { 'content-encoding': 'gzip' })).toMatchObject(tooLarge)
    const chunks = Array.from(
      { length: 3 },
      () => `${MEGABYTE.toString(16)}\r\n${'x'.repeat(MEGABYTE)}\r\n`,
    )
    for (const path of ['/api/v1/app/one/msg', '/api/v1/app']) {
      const head = `POST ${path} HTTP/1.1\r\nhost: x\r\nauthorization: Bearer ${token}\r\ntransfer-encoding: chunked\r\nconnection: close\r\n\r\n`
      const answer = await raw(url, `${head}${chunks.join('')}0\r\n\r\n`)
      expect([path, answer.status, JSON.parse(answer.body).code]).toEqual([
        path,
        413,
        'payload_too_large',
      ])
    }
  })

  it('is taken when it is a little less', async () => {
    const { publish } = await setupPublisher()
    const answer = await publish(message(`{"a":"${'x'.repeat(2 * MEGABYTE - 200)}"}`))
    expect(answer.status).toBe(202)
  })
})

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
  ])('%s is JSON', async (_what, head, expected) => {
    const { token, url } = await setupPublisher()
    const connection = 'connection: close\r\n'
    const text = `${head}${connection}authorization: Bearer ${token}\r\n\r\n`
    const { status, body, head: answered } = await raw(url, text)
    expect(status).toBe(expected)
    expect(answered.toLowerCase()).toContain('content-type: application/json')
    expect(JSON.parse(body)).toEqual({ code: expect.any(String), detail: expect.any(String) })
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
