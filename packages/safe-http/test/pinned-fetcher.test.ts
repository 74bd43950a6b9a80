import { expect, test } from 'vitest'
import { createPinnedFetcher, type PinnedFetcher, type Refusals } from '../src/index.ts'
import { makeCertificate } from './certificate.ts'
import { cidr, type TestServer, tlsServer } from './servers.ts'

const root = makeCertificate({ commonName: 'Test Root' })
const leaf = makeCertificate({ commonName: 'keys', ipAddresses: ['127.0.0.1'], issuer: root })
const hosts = [/^127\.0\.0\.1$/]

function keyServer(answer: string, started: string[] = []): Promise<TestServer> {
  return tlsServer({ key: leaf.key, cert: leaf.cert }, (socket, text) => {
    started.push(text)
    socket.end(answer)
  })
}

function localFetcher(refusals: Partial<Refusals> = {}): PinnedFetcher {
  const trusting = { allowSubnets: [cidr('127.0.0.1/32')], trustedCa: [root.cert] }
  return createPinnedFetcher({ ...trusting, ...refusals })
}

const answerOf = (body: string) =>
  `HTTP/1.1 200 OK\r\ncontent-length: ${body.length}\r\nconnection: close\r\n\r\n${body}`

test('gets the text by GET once for all who ask for the same, and by POST with a body', async () => {
  const asked: string[] = []
  await using server = await keyServer(answerOf('key'), asked)
  await using fetcher = localFetcher()
  const same = { url: server.url, hosts }
  expect(await Promise.all([fetcher.fetch(same), fetcher.fetch(same)])).toEqual(['key', 'key'])
  expect(await fetcher.fetch(same)).toBe('key')
  expect(asked.map((text) => text.split(' ')[0])).toEqual(['GET'])
  expect(await fetcher.fetch({ ...same, body: '{"id":1}' })).toBe('key')
  expect(asked[1]).toMatch(/^POST [^]*\{"id":1\}$/)
})

test.each([
  ['an answer other than 200', 'status 404', 'HTTP/1.1 404 Not Found\r\ncontent-length: 0\r\n\r\n'],
  ['a redirect', 'status 302', 'HTTP/1.1 302 Found\r\nlocation: /b\r\ncontent-length: 0\r\n\r\n'],
  ['more than 256 kB', /max.*size/i, answerOf('a'.repeat(300_000))],
  [
    'an answer that breaks off',
    /other side closed/,
    'HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\nkey',
  ],
])('rejects on %s, and does not ask again at once', async (_what, reason, answer) => {
  const asked: string[] = []
  await using server = await keyServer(answer, asked)
  await using fetcher = localFetcher()
  await expect(fetcher.fetch({ url: server.url, hosts })).rejects.toThrow(reason)
  await expect(fetcher.fetch({ url: server.url, hosts })).rejects.toThrow(reason)
  expect(asked).toHaveLength(1)
})

test.each([
  ['a network', { refuseSubnets: [cidr('127.0.0.0/8')] }],
  ['a host', { refusedHosts: ['127.0.0.1'] }],
])('connects to nothing in %s that the operator refuses', async (_what, refusals) => {
  await using server = await keyServer(answerOf('key'))
  await using fetcher = localFetcher(refusals)
  await expect(fetcher.fetch({ url: server.url, hosts })).rejects.toThrow('invalid_url')
  expect(server.connections).toBe(0)
})

test('connects to no other host, by no plain http, and to no private address', async () => {
  await using server = await keyServer(answerOf('key'))
  await using fetcher = localFetcher()
  const elsewhere = { url: server.url, hosts: [/^keys\.example$/] }
  await expect(fetcher.fetch(elsewhere)).rejects.toThrow('not pinned')
  const plain = server.url.replace('https:', 'http:')
  await expect(fetcher.fetch({ url: plain, hosts })).rejects.toThrow('invalid_url')
  await using strict = createPinnedFetcher()
  await expect(strict.fetch({ url: server.url, hosts })).rejects.toThrow('invalid_url')
  expect(server.connections).toBe(0)
})

test('what one owner is made to ask for without end takes no room and no key from another', async () => {
  const asked: string[] = []
  await using server = await tlsServer({ key: leaf.key, cert: leaf.cert }, (socket, text) => {
    const [, path = ''] = text.split(' ')
    asked.push(path)
    if (path.startsWith('/missing'))
      socket.end('HTTP/1.1 404 Not Found\r\ncontent-length: 0\r\n\r\n')
    else if (!path.startsWith('/hang')) socket.end(answerOf('key'))
  })
  await using fetcher = localFetcher()
  const get = (owner: string, path: string) =>
    fetcher.fetch({ url: new URL(path, server.url).href, hosts, owner })
  expect([await get('one', '/a'), await get('other', '/a')]).toEqual(['key', 'key'])
  for (let n = 0; n < 20; n++) await expect(get('one', `/missing-${n}`)).rejects.toThrow('404')
  expect([await get('one', '/a'), await get('other', '/a')]).toEqual(['key', 'key'])
  expect(asked.filter((path) => path === '/a')).toHaveLength(2)
  const hanging = Promise.allSettled(Array.from({ length: 40 }, (_, n) => get('one', `/hang-${n}`)))
  expect(await get('other', '/b')).toBe('key')
  const reasons = (await hanging).map((one) => one.status === 'rejected' && String(one.reason))
  expect(reasons.filter((reason) => String(reason).includes('too many'))).toHaveLength(38)
}, 20_000)
