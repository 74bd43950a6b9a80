import { createServer } from 'node:net'
import { expect, test } from 'vitest'
import { raceConnect } from '../src/connect-race.ts'
import type { SafeClientOptions, SendResult } from '../src/index.ts'
import { blackhole } from './blackhole.ts'
import { type DnsReply, dnsServer } from './dns-server.ts'
import { cidr, localClient, okResponse, rawServer, type TestServer } from './servers.ts'

const answerOk = () => rawServer((socket) => socket.write(okResponse))

/** A client whose names are looked up at a local name server, and one receiver to find or to miss. */
async function setup(reply: (name: string) => DnsReply, options: Partial<SafeClientOptions> = {}) {
  const stack = new AsyncDisposableStack()
  const receiver = stack.use(await answerOk())
  const dns = stack.use(await dnsServer(reply))
  const nameServers = { servers: [dns.address], timeoutMs: 2_000 }
  const client = stack.use(localClient({ dns: nameServers, ...options }))
  return {
    receiver,
    dns,
    post: (host: string, deadlineMs = 5000): Promise<SendResult> =>
      client.send({ url: `http://${host}:${receiver.port}/`, headers: [], body: '{}', deadlineMs }),
    [Symbol.asyncDispose]: () => stack.disposeAsync(),
  }
}

const untouched = (receiver: TestServer) => expect(receiver.connections).toBe(0)

test('looks a name up, connects to its address and times both', async () => {
  await using given = await setup(() => ({ addresses: ['127.0.0.1'] }))
  const result = await given.post('receiver.example')
  expect(result).toMatchObject({ kind: 'response', status: 200, remoteAddress: '127.0.0.1' })
  expect(result.timing.dnsMs).toBeGreaterThan(0)
  expect(result.timing.connectMs).toBeGreaterThan(0)
  expect(given.dns.questions.toSorted()).toEqual(['receiver.example A', 'receiver.example AAAA'])
  expect(given.receiver.received).toContain(`host: receiver.example:${given.receiver.port}\r\n`)
})

const dnsFaults: [string, string, DnsReply][] = [
  ['dns_not_found', 'that does not exist', { rcode: 'NXDOMAIN' }],
  ['dns_not_found', 'without addresses', { addresses: [] }],
  ['dns_failed', 'whose server fails', { rcode: 'SERVFAIL' }],
  ['dns_failed', 'whose server refuses', { rcode: 'REFUSED' }],
  ['dns_timeout', 'whose server is silent', 'silence'],
]

test.each(dnsFaults)('gives %s for a name %s', async (code, _what, reply) => {
  await using given = await setup(() => reply)
  const result = await given.post('receiver.example')
  expect(result).toMatchObject({ kind: 'failure', code, phase: 'dns' })
  expect(result.timing.totalMs).toBeLessThan(4_500)
  untouched(given.receiver)
})

test('gives dns_timeout when the deadline of the request ends before the lookup', async () => {
  await using given = await setup(() => 'silence')
  const result = await given.post('receiver.example', 60)
  expect(result).toMatchObject({ kind: 'failure', code: 'dns_timeout' })
  expect(result.timing.totalMs).toBeLessThan(1_500)
})

test('names that hang do not keep others waiting', async () => {
  await using given = await setup((name) =>
    name.startsWith('hangs') ? 'silence' : { addresses: ['127.0.0.1'] },
  )
  const hanging = Array.from({ length: 20 }, (_, index) => given.post(`hangs${index}.example`))
  const result = await given.post('receiver.example')
  expect(result.kind).toBe('response')
  expect(result.timing.dnsMs).toBeLessThan(1_500)
  for (const late of await Promise.all(hanging)) expect(late).toMatchObject({ code: 'dns_timeout' })
})

const blocked: [string, DnsReply][] = [
  ['a private address', { addresses: ['10.0.0.5'] }],
  ['the metadata address', { addresses: ['169.254.169.254'] }],
  ['an allowed address beside a private one', { addresses: ['127.0.0.1', '10.0.0.5'] }],
  ['a public address beside IPv6 loopback', { addresses: ['127.0.0.1', '::1'] }],
  ['a mapped address', { addresses: ['::ffff:7f00:1'] }],
  ['a NAT64 address', { addresses: ['64:ff9b::7f00:1'] }],
  [
    'a private address behind a CNAME',
    { cname: 'inside.example', addresses: ['127.0.0.1', '10.0.0.5'] },
  ],
]

test.each(blocked)(
  'gives blocked_address for a name with %s, and connects nowhere',
  async (_what, reply) => {
    await using given = await setup(() => reply)
    const result = await given.post('receiver.example')
    expect(result).toMatchObject({ kind: 'failure', code: 'blocked_address' })
    if (result.kind !== 'failure') return
    expect(result.detail).not.toMatch(/\d+\.\d+|::/)
    expect(result).not.toHaveProperty('remoteAddress')
    expect(result.log).toMatchObject({ address: expect.any(String), range: expect.any(String) })
    untouched(given.receiver)
  },
)

test('a name that alternates between an allowed and a private address reaches only the allowed one', async () => {
  await using canary = await rawServer((socket) => socket.write(okResponse), '127.0.0.2')
  let asked = 0
  const alternate = () => ({ addresses: [asked++ % 4 < 2 ? '127.0.0.1' : '127.0.0.2'], ttl: 0 })
  await using dns = await dnsServer(alternate)
  for (let round = 0; round < 4; round++) {
    await using client = localClient({ dns: { servers: [dns.address] } })
    const url = `http://rebind.example:${canary.port}/`
    await client.send({ url, headers: [], body: '{}', deadlineMs: 1000 })
  }
  untouched(canary)
})

test.each(['169.254.169.254', '[::1]', '[::ffff:127.0.0.1]', '0x7f.1', '2130706433', '10.0.0.1'])(
  'refuses the literal %s before any connection',
  async (host) => {
    await using given = await setup(() => ({ addresses: ['127.0.0.1'] }))
    expect(await given.post(host)).toMatchObject({
      kind: 'failure',
      code: 'invalid_url',
      phase: 'check',
    })
    untouched(given.receiver)
  },
)

test('localhost is what the hosts file says, and only if all of that is allowed', async () => {
  await using given = await setup(() => ({ rcode: 'NXDOMAIN' }), {
    dns: { hostsFile: '/nowhere' },
    allowSubnets: [cidr('127.0.0.1/32'), cidr('::1/128')],
  })
  expect((await given.post('localhost')).kind).toBe('response')
  await using narrow = await setup(() => ({ rcode: 'NXDOMAIN' }), {
    dns: { hostsFile: '/nowhere' },
  })
  expect(await narrow.post('localhost')).toMatchObject({ code: 'blocked_address' })
  expect(given.dns.questions).toEqual([])
})

test('gives connection_refused where nothing listens', async () => {
  const { port } = await answerOk().then(async (server) => {
    await server[Symbol.asyncDispose]()
    return server
  })
  await using client = localClient()
  const url = `http://127.0.0.1:${port}/`
  const result = await client.send({ url, headers: [], body: '', deadlineMs: 5000 })
  expect(result).toMatchObject({ kind: 'failure', code: 'connection_refused', phase: 'connect' })
  expect(result).toMatchObject({ log: { errno: 'ECONNREFUSED' }, remoteAddress: '127.0.0.1' })
})

test('gives connect_timeout where nothing answers, and leaves nothing behind', async () => {
  await using hole = await blackhole()
  await using client = localClient({ connectTimeoutMs: 200 })
  const url = `http://127.0.0.1:${hole.port}/`
  const result = await client.send({ url, headers: [], body: '', deadlineMs: 5000 })
  expect(result).toMatchObject({ kind: 'failure', code: 'connect_timeout', phase: 'connect' })
  expect(result).toMatchObject({ remoteAddress: '127.0.0.1' })
  expect(result.timing.totalMs).toBeLessThan(4_000)
  expect(client.stats).toEqual({ idleConnections: 0, origins: 0 })
})

test('passes an address that refuses or hangs for one that answers', async () => {
  await using hole = await blackhole()
  await using stack = new AsyncDisposableStack()
  const healthy = createServer().listen(hole.port, '127.0.0.2')
  stack.defer(() => void healthy.close())
  const addresses = ['127.0.0.1', '127.0.0.3', '127.0.0.2']
  const outcome = await raceConnect(addresses, { port: hole.port, timeoutMs: 3000, staggerMs: 50 })
  expect(outcome).toMatchObject({ kind: 'connected', address: '127.0.0.2' })
  if (outcome.kind === 'connected') outcome.socket.destroy()
})
