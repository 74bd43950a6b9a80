import type { RequestListener, ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import { expect, test } from 'vitest'
import type { SafeRequest, SendResult } from '../src/index.ts'
import { httpServer, localClient, okResponse, rawServer } from './servers.ts'

async function postToRaw(
  onRequest: (socket: Socket, text: string) => void,
  request: Partial<SafeRequest> = {},
): Promise<SendResult> {
  await using server = await rawServer(onRequest)
  await using client = localClient()
  return await client.send({
    url: server.url,
    headers: [],
    body: '{}',
    deadlineMs: 3000,
    ...request,
  })
}

const answer = (text: string) => (socket: Socket) => socket.end(text, 'latin1')

async function postTo(listener: RequestListener, deadlineMs = 3000): Promise<SendResult> {
  await using server = await httpServer((req, res) => {
    req.resume().on('end', () => listener(req, res))
  })
  await using client = localClient()
  return await client.send({ url: server.url, headers: [], body: '{}', deadlineMs })
}

test('sends the request as given: path, query, headers in order, bytes', async () => {
  const body = Buffer.from([0xff, 0x00, 0xfe])
  await using server = await rawServer((socket) => socket.end(okResponse))
  await using client = localClient()
  const headers = [
    'content-type',
    'application/json',
    'X-Custom',
    'Ä b',
    'authorization',
    'Bearer x',
  ]
  const url = `http://127.0.0.1:${server.port}/a%20b?c=d&e=%C3%A9`
  const result = await client.send({ url, headers, body, deadlineMs: 3000 })
  expect(result).toMatchObject({ kind: 'response', status: 200, body: 'ok', bodyEncoding: 'utf8' })
  expect(server.received).toBe(
    `POST /a%20b?c=d&e=%C3%A9 HTTP/1.1\r\nhost: 127.0.0.1:${server.port}\r\nconnection: keep-alive\r\n` +
      'content-type: application/json\r\nX-Custom: Ä b\r\nauthorization: Bearer x\r\n' +
      'content-length: 3\r\n\r\n\xff\0\xfe',
  )
})

test.each([200, 201, 202, 204, 299])(
  'takes %i with an empty body for what it is',
  async (status) => {
    const result = await postTo((_req, res) =>
      res.writeHead(status, { 'content-type': 'application/json' }).end(),
    )
    expect(result).toMatchObject({ kind: 'response', status, body: '', bodyTruncated: false })
    expect(result).not.toHaveProperty('notice')
  },
)

test.each([301, 302, 307, 308])('does not follow a %i', async (status) => {
  let requests = 0
  const result = await postTo((_req, res) => {
    requests++
    res.writeHead(status, { location: '/elsewhere' }).end()
  })
  expect(result).toMatchObject({ kind: 'response', status, headers: { location: '/elsewhere' } })
  expect(requests).toBe(1)
})

test.each([400, 410, 429, 500, 503, 599])(
  'gives %i as a response with its headers',
  async (status) => {
    const result = await postTo((_req, res) =>
      res.writeHead(status, { 'retry-after': '7' }).end('no'),
    )
    expect(result).toMatchObject({
      kind: 'response',
      status,
      headers: { 'retry-after': '7' },
      body: 'no',
    })
  },
)

test('waits past informational answers', async () => {
  const early =
    'HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nlink: a\r\n\r\nHTTP/1.1 102 Processing\r\n\r\n'
  expect(await postToRaw(answer(early + okResponse))).toMatchObject({
    kind: 'response',
    status: 200,
  })
})

const bodies: [string, Buffer, { body: string; bodyEncoding: string; bodyTruncated: boolean }][] = [
  ['text', Buffer.from('é😊'), { body: 'é😊', bodyEncoding: 'utf8', bodyTruncated: false }],
  [
    'bytes',
    Buffer.from([0xff, 0xfe]),
    { body: '//4=', bodyEncoding: 'base64', bodyTruncated: false },
  ],
  ['a NUL', Buffer.from('a\0b'), { body: 'YQBi', bodyEncoding: 'base64', bodyTruncated: false }],
  [
    '20,000 bytes',
    Buffer.alloc(20_000, 'x'),
    { body: 'x'.repeat(20_000), bodyEncoding: 'utf8', bodyTruncated: false },
  ],
  [
    '20,001 bytes',
    Buffer.alloc(20_001, 'x'),
    { body: 'x'.repeat(20_000), bodyEncoding: 'utf8', bodyTruncated: true },
  ],
  [
    '1 MB',
    Buffer.alloc(1_000_000, 'x'),
    { body: 'x'.repeat(20_000), bodyEncoding: 'utf8', bodyTruncated: true },
  ],
  [
    'a character across the cap',
    Buffer.from(`${'x'.repeat(19_998)}😊😊`),
    { body: 'x'.repeat(19_998), bodyEncoding: 'utf8', bodyTruncated: true },
  ],
]

test.each(bodies)('keeps a body of %s', async (_what, bytes, kept) => {
  const result = await postTo((_req, res) => res.end(bytes))
  expect(result).toMatchObject({ kind: 'response', status: 200, ...kept })
  if (kept.bodyTruncated) expect(result).toMatchObject({ notice: 'response_too_large' })
})

test('stops reading an endless body', async () => {
  const endless = (res: ServerResponse) => {
    while (!res.destroyed && res.write('x'.repeat(65_536)));
    if (!res.destroyed) res.once('drain', () => endless(res))
  }
  const result = await postTo((_req, res) => endless(res.writeHead(500)))
  expect(result).toMatchObject({ kind: 'response', status: 500, notice: 'response_too_large' })
  expect(result.timing.totalMs).toBeLessThan(2_500)
})

test('keeps a bounded number of headers, each of bounded length, whatever their names', async () => {
  const many = Array.from({ length: 200 }, (_, index) => `x-${index}: ${'v'.repeat(20)}\r\n`).join(
    '',
  )
  const head = `HTTP/1.1 200 OK\r\n__proto__: a\r\nconstructor: b\r\nlong: ${'l'.repeat(3000)}\r\n${many}`
  const result = await postToRaw(answer(`${head}content-length: 0\r\n\r\n`))
  if (result.kind !== 'response') throw new Error(result.detail)
  expect(Object.keys(result.headers)).toHaveLength(64)
  expect(result.headers['__proto__']).toBe('a')
  expect(result.headers['constructor']).toBe('b')
  expect(result.headers['long']).toHaveLength(1024)
})

test('gives headers_timeout if nothing comes back', async () => {
  const result = await postToRaw(() => {}, { deadlineMs: 150 })
  expect(result).toMatchObject({ kind: 'failure', code: 'headers_timeout', phase: 'wait' })
  expect(result.timing.totalMs).toBeLessThan(4_000)
})

test('gives headers_timeout if the headers drip', async () => {
  const result = await postToRaw(
    (socket) => {
      socket.write('HTTP/1.1 200 OK\r\n')
      const timer = setInterval(() => socket.write('x: y\r\n'), 10)
      socket.on('close', () => clearInterval(timer))
    },
    { deadlineMs: 200 },
  )
  expect(result).toMatchObject({ kind: 'failure', code: 'headers_timeout' })
})

function drip(status: number): RequestListener {
  return (_req, res) => {
    res.writeHead(status, { 'retry-after': '7' }).write('z')
    const timer = setInterval(() => res.write('z'), 10)
    res.on('close', () => clearInterval(timer))
  }
}

test('counts a 2xx whose body drips as answered, with a notice', async () => {
  const result = await postTo(drip(200), 200)
  expect(result).toMatchObject({ kind: 'response', status: 200, notice: 'body_timeout' })
  expect(result).toMatchObject({ bodyTruncated: false, body: expect.stringMatching(/^z+$/) })
})

test('gives body_timeout if another answer never ends, and keeps its status and headers', async () => {
  const result = await postTo(drip(503), 200)
  expect(result).toMatchObject({ kind: 'failure', code: 'body_timeout', phase: 'body' })
  expect(result).toMatchObject({ response: { status: 503, headers: { 'retry-after': '7' } } })
})

const broken: [string, string, object][] = [
  [
    'ends early',
    'HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\nabc',
    { body: 'abc', notice: 'connection_reset' },
  ],
  [
    'ends early',
    'HTTP/1.1 500 No\r\ncontent-length: 9\r\n\r\nabc',
    { status: 500, notice: 'connection_reset' },
  ],
  [
    'has a broken chunk',
    'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n3\r\nabc\r\nzz\r\n',
    { body: 'abc', notice: 'bad_response' },
  ],
  [
    'has endless trailers',
    `HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n1\r\na\r\n0\r\n${'t: ttttttttt\r\n'.repeat(9000)}`,
    { body: 'a', notice: 'response_headers_too_large' },
  ],
  [
    'is cut within a character',
    'HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\na\xc3',
    { body: 'a', bodyEncoding: 'utf8' },
  ],
]

test.each(broken)('lets the status decide if the body %s: %#', async (_what, text, expected) => {
  expect(await postToRaw(answer(text))).toMatchObject({ kind: 'response', ...expected })
})

test('gives response_headers_too_large', async () => {
  const text = `HTTP/1.1 200 OK\r\ncookie: ${'c'.repeat(20_000)}\r\n\r\n`
  const result = await postToRaw(answer(text))
  const log = { limit: '16384' }
  expect(result).toMatchObject({ kind: 'failure', code: 'response_headers_too_large', log })
})

test.each([
  'garbage',
  'SSH-2.0-OpenSSH_9.6\r\n',
  '\0\0\0\0',
  'HTTP/1.1 000 X\r\n\r\n',
  'HTTP/1.1 000 X\r\ncontent-length: 0\r\n\r\n',
  'HTTP/1.1 099 X\r\n\r\n',
  'HTTP/1.1 999 X\r\n\r\n',
  'HTTP/1.1 2000 X\r\n\r\n',
  'HTTP/1.1 abc\r\n\r\n',
  'HTTP/3.7 200 OK\r\n\r\n',
  'HTTP/1.1 101 Switching\r\nconnection: upgrade\r\nupgrade: x\r\n\r\n',
  'HTTP/1.1 200 OK\r\ncontent-length: 1\r\ncontent-length: 2\r\n\r\nab',
  'HTTP/1.1 200 OK\r\ncontent-length: 1\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n',
  'HTTP/1.1 200 OK\r\ncontent-length: x\r\n\r\n',
  'HTTP/1.1 200 OK\r\na\0b: c\r\n\r\n',
])('gives bad_response for %j, and lives on', async (text) => {
  expect(await postToRaw(answer(text))).toMatchObject({ kind: 'failure', code: 'bad_response' })
})

test.each([
  ['closes', (socket: Socket) => socket.end()],
  ['resets', (socket: Socket) => socket.resetAndDestroy()],
  ['closes within its status line', (socket: Socket) => socket.end('HTTP/1.1 20')],
])(
  'gives connection_reset once if the receiver %s instead of answering',
  async (_what, onRequest) => {
    await using server = await rawServer(onRequest)
    await using client = localClient()
    const result = await client.send({ url: server.url, headers: [], body: '{}', deadlineMs: 3000 })
    expect(result).toMatchObject({ kind: 'failure', code: 'connection_reset', phase: 'wait' })
    expect(server.connections).toBe(1)
  },
)

test.each([
  ['a line break in a value', { 'x-a': 'secret\r\nx: y' }, 'x-a'],
  ['a bad name', { 'bad name': 'secret' }, 'bad name'],
  ['a hop-by-hop name', { 'transfer-encoding': 'secret' }, null],
  ['an expectation', { expect: 'secret' }, null],
  ['a wrong length', { 'content-length': '99' }, null],
])('gives invalid_header for %s without showing its value', async (_what, headers, name) => {
  const result = await postToRaw((socket) => socket.write(okResponse), { headers })
  expect(result).toMatchObject({ kind: 'failure', code: 'invalid_header', phase: 'check' })
  if (result.kind === 'failure' && name) expect(result.detail).toContain(name)
  expect(JSON.stringify(result)).not.toContain('secret')
})

test.each(['https:127.0.0.1', 'ftp://a.example/', 'nonsense', 'http://user:pass@127.0.0.1/'])(
  'gives invalid_url for %s',
  async (url) => {
    await using client = localClient()
    const result = await client.send({ url, headers: [], body: '', deadlineMs: 1000 })
    expect(result).toMatchObject({
      kind: 'failure',
      code: 'invalid_url',
      log: { rule: expect.any(String) },
    })
    expect(JSON.stringify(result)).not.toContain('pass')
  },
)
