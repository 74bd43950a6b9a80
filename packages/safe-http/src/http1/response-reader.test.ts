import { expect, test } from 'vitest'
import { type ResponseHandler, ResponseReader } from './response-reader.ts'

interface Told {
  status: number | null
  headers: Record<string, string>
  body: string
  /** How it ended, or null if it goes on. */
  end: 'complete' | 'more follows' | 'bad_response' | 'response_headers_too_large' | null
}

function read(parts: readonly string[], { thenCloses = false } = {}): Told {
  const told: Told = { status: null, headers: {}, body: '', end: null }
  const end = (how: Told['end']) => {
    if (told.end !== null) throw new Error(`ended twice: ${told.end}, ${how}`)
    told.end = how
  }
  const handler: ResponseHandler = {
    onHead: (head) => Object.assign(told, { status: head.status, headers: { ...head.headers } }),
    onBody: (bytes) => (told.body += bytes.toString('latin1')),
    onComplete: (isLast) => end(isLast ? 'complete' : 'more follows'),
    onFault: end,
  }
  const reader = new ResponseReader(handler, 200)
  for (const part of parts) reader.read(Buffer.from(part, 'latin1'))
  if (thenCloses) reader.end()
  return told
}

const byByte = (text: string): string[] => text.split('')

const chunked = 'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n'

const whole: [string, string, Partial<Told>][] = [
  ['a length', 'HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok', { status: 200, body: 'ok' }],
  ['no reason', 'HTTP/1.1 200\r\ncontent-length: 2\r\n\r\nok', { status: 200, body: 'ok' }],
  [
    'one length twice',
    'HTTP/1.1 200 OK\r\ncontent-length: 1\r\nContent-Length: 1\r\n\r\na',
    { body: 'a' },
  ],
  ['length 0', 'HTTP/1.1 500 No\r\ncontent-length: 0\r\n\r\n', { status: 500, body: '' }],
  ['204, whatever it says', 'HTTP/1.1 204 No\r\ncontent-length: 5\r\n\r\n', { status: 204 }],
  ['304', 'HTTP/1.1 304 Not\r\ntransfer-encoding: chunked\r\n\r\n', { status: 304 }],
  ['chunks', `${chunked}2\r\nok\r\nA;x="y"\r\n0123456789\r\n0\r\n\r\n`, { body: 'ok0123456789' }],
  ['chunks and trailers', `${chunked}1\r\na\r\n0\r\nexpires: x\r\ny: z\r\n\r\n`, { body: 'a' }],
  [
    'other codings first',
    `HTTP/1.1 200 OK\r\ntransfer-encoding: gzip, Chunked\r\n\r\n1\r\na\r\n0\r\n\r\n`,
    { body: 'a' },
  ],
  [
    'informational ones before',
    `HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 E\r\nlink: a\r\n\r\nHTTP/1.1 201 C\r\ncontent-length: 1\r\n\r\na`,
    { status: 201, body: 'a' },
  ],
  [
    'a folded line',
    'HTTP/1.1 200 OK\r\nx: a\r\n  b\r\ncontent-length: 0\r\n\r\n',
    { headers: { x: 'a b', 'content-length': '0' } },
  ],
  [
    'repeated and empty fields',
    'HTTP/1.1 200 OK\r\nX: a\r\nx:\tb \r\ny:\r\ncontent-length: 0\r\n\r\n',
    { headers: { x: 'a, b', y: '', 'content-length': '0' } },
  ],
]

test.each(whole)(
  'reads a response with %s, wherever the network cuts it',
  (_what, text, expected) => {
    const once = read([text])
    expect(once).toMatchObject({ ...expected, end: 'complete' })
    expect(read(byByte(text))).toEqual(once)
    for (let cut = 1; cut < text.length; cut++) {
      expect(read([text.slice(0, cut), text.slice(cut)])).toEqual(once)
    }
    expect(read([`${text}HTTP/1.1 200 OK\r\n`]).end).toBe('more follows')
  },
)

test.each(['', 'transfer-encoding: gzip\r\n', 'connection: close\r\n'])(
  'takes the end of the connection for that of a body whose length nobody tells: %j',
  (fields) => {
    const text = `HTTP/1.1 200 OK\r\n${fields}\r\nabc`
    expect(read([text])).toMatchObject({ body: 'abc', end: null })
    expect(read(byByte(text), { thenCloses: true })).toMatchObject({ body: 'abc', end: 'complete' })
  },
)

test.each([
  'HTTP/1.1 200 OK\r\ncontent-length: 3\r\n\r\nab',
  `${chunked}3\r\nab`,
  `${chunked}3\r\nabc\r\n0\r\n`,
  'HTTP/1.1 200 OK\r\n',
])('does not take it for the end of one that is longer: %j', (text) => {
  expect(read([text], { thenCloses: true }).end).toBeNull()
})

test.each([
  'HTTP/2 200 OK\r\n\r\n',
  'HTTP/1.1  200 OK\r\n\r\n',
  'HTTP/1.1 600 X\r\n\r\n',
  'HTTP/1.1 200OK\r\n\r\n',
  'HTTP/1.1 200 OK\n\n',
  'HTTP/1.1 200 OK\r\nx: a\rb\r\n\r\n',
  'HTTP/1.1 200 OK\r\nx: a\nb: c\r\n\r\n',
  'HTTP/1.1 200 OK\r\nx : a\r\n\r\n',
  'HTTP/1.1 200 OK\r\nno colon\r\n\r\n',
  'HTTP/1.1 200 OK\r\n: a\r\n\r\n',
  'HTTP/1.1 200 OK\r\ncontent-length: -1\r\n\r\n',
  'HTTP/1.1 200 OK\r\ncontent-length: 1, 1\r\n\r\na',
  'HTTP/1.1 200 OK\r\ncontent-length: 99999999999999999999\r\n\r\na',
  'HTTP/1.1 200 OK\r\ncontent-length: 1\r\ntransfer-encoding: identity\r\n\r\na',
  `${chunked}-1\r\na\r\n`,
  `${chunked}0x1\r\na\r\n`,
  `${chunked}\r\n`,
  `${chunked}1\na\r\n`,
  `${chunked}1\r\nab\r\n`,
  `${chunked}fffffffffffff\r\na`,
  `${chunked}${'0'.repeat(5000)}`,
])('refuses what could be read in two ways, or in none: %j', (text) => {
  expect(read([text]).end).toBe('bad_response')
  expect(read(byByte(text)).end).toBe('bad_response')
})

test('bounds the head and the trailers, however slowly they come', () => {
  const long = 'x: y\r\n'.repeat(50)
  for (const text of [`HTTP/1.1 200 OK\r\n${long}\r\n`, `${chunked}1\r\na\r\n0\r\n${long}\r\n`]) {
    expect(read([text]).end).toBe('response_headers_too_large')
    expect(read(byByte(text)).end).toBe('response_headers_too_large')
  }
})
