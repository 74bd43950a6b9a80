import { setTimeout as pause } from 'node:timers/promises'
import { expect, test } from 'vitest'
import type { SafeClient, SendResult } from '../src/index.ts'
import { httpServer, localClient, okResponse, rawServer } from './servers.ts'

const post = (client: SafeClient, url: string, deadlineMs = 3000): Promise<SendResult> =>
  client.send({ url, headers: [], body: '{"a":1}', deadlineMs })

test('keeps a connection for the next request and says so', async () => {
  await using server = await rawServer((socket) => socket.write(okResponse))
  await using client = localClient()
  await post(client, server.url)
  const second = await post(client, server.url)
  expect(second).toMatchObject({ kind: 'response', status: 200 })
  expect(second.timing).toMatchObject({
    reusedSocket: true,
    dnsMs: null,
    connectMs: null,
    tlsMs: null,
  })
  expect(server.connections).toBe(1)
})

test('opens a connection per request where the receiver closes after each', async () => {
  await using server = await httpServer((_req, res) =>
    res.setHeader('connection', 'close').end('ok'),
  )
  await using client = localClient()
  for (let round = 0; round < 5; round++) {
    expect((await post(client, server.url)).timing.reusedSocket).toBe(false)
  }
  expect(client.stats.idleConnections).toBe(0)
})

test.each([
  ['closed', (close: () => void) => close()],
  ['reset', (_close: () => void, reset: () => void) => reset()],
])('repeats a request once whose reused connection was %s as it arrived', async (_what, end) => {
  let requests = 0
  await using server = await rawServer((socket) => {
    requests++
    if (requests % 2 === 1) socket.write(okResponse)
    else
      end(
        () => socket.destroy(),
        () => socket.resetAndDestroy(),
      )
  })
  await using client = localClient()
  await post(client, server.url)
  const second = await post(client, server.url)
  expect(second).toMatchObject({ kind: 'response', status: 200 })
  expect(second.timing.reusedSocket).toBe(false)
  expect(server.connections).toBe(2)
  expect(requests).toBe(3)
})

test('does not repeat a request of which a byte came back', async () => {
  let requests = 0
  await using server = await rawServer((socket) => {
    requests++
    if (requests === 1) socket.write(okResponse)
    else socket.end('HTTP/1.1 200')
  })
  await using client = localClient()
  await post(client, server.url)
  expect(await post(client, server.url)).toMatchObject({
    kind: 'failure',
    code: 'connection_reset',
  })
  expect(requests).toBe(2)
})

test('repeats once only', async () => {
  let requests = 0
  await using server = await rawServer((socket) => {
    requests++
    if (requests === 1) socket.write(okResponse)
    else socket.destroy()
  })
  await using client = localClient()
  await post(client, server.url)
  expect(await post(client, server.url)).toMatchObject({
    kind: 'failure',
    code: 'connection_reset',
  })
  expect(requests).toBe(3)
})

test('every request is answered once where the receiver closes right after each answer', async () => {
  const answered = new Set<string>()
  const repeated: string[] = []
  await using server = await rawServer((socket, text) => {
    const body = text.slice(text.indexOf('\r\n\r\n'))
    if (answered.has(body)) repeated.push(body)
    // What arrives behind the end is lost, as on a server that has gone to sleep.
    if (!socket.writable) return
    answered.add(body)
    socket.write(okResponse, () => setImmediate(() => socket.end()))
  })
  await using client = localClient()
  for (let round = 0; round < 300; round++) {
    const request = { url: server.url, headers: [], body: `${round}`, deadlineMs: 3000 }
    expect(await client.send(request)).toMatchObject({ kind: 'response', status: 200 })
  }
  expect(answered.size).toBe(300)
  expect(repeated).toEqual([])
})

test('every request is answered once where the receiver closes idle connections just as the next one comes', async () => {
  const idleMs = 25
  let idle: NodeJS.Timeout | undefined
  const answered = new Set<string>()
  const repeated: string[] = []
  await using server = await rawServer((socket, text) => {
    const body = text.slice(text.indexOf('\r\n\r\n'))
    if (answered.has(body)) repeated.push(body)
    if (!socket.writable) return
    answered.add(body)
    socket.write(okResponse)
    clearTimeout(idle)
    idle = setTimeout(() => socket.end(), idleMs)
  })
  await using client = localClient()
  for (let round = 0; round < 300; round++) {
    const request = { url: server.url, headers: [], body: `${round}`, deadlineMs: 3000 }
    expect(await client.send(request)).toMatchObject({ kind: 'response', status: 200 })
    // From 2 ms before the receiver closes to 2 ms after.
    await pause(idleMs - 2 + (round % 5))
  }
  expect(answered.size).toBe(300)
  expect(repeated).toEqual([])
  // Some were closed before the next request, others not: the race was run.
  expect(server.connections).toBeGreaterThan(1)
})

test('does not reuse a connection that its server is about to close', async () => {
  const closesSoon = 'HTTP/1.1 200 OK\r\nkeep-alive: timeout=1\r\ncontent-length: 2\r\n\r\nok'
  await using server = await rawServer((socket) => socket.write(closesSoon))
  await using client = localClient()
  await post(client, server.url)
  expect((await post(client, server.url)).timing.reusedSocket).toBe(false)
})

test('does not reuse a connection whose server answered before it had the whole request', async () => {
  await using server = await rawServer((socket) => {
    if (socket.isPaused()) return
    socket.pause()
    socket.write(okResponse)
  })
  await using client = localClient()
  const body = Buffer.alloc(20_000_000, 'x')
  const early = await client.send({ url: server.url, headers: [], body, deadlineMs: 3000 })
  expect(early).toMatchObject({ kind: 'response', status: 200 })
  expect((await post(client, server.url)).timing.reusedSocket).toBe(false)
})

test('drops an idle connection on which something arrives unasked', async () => {
  await using server = await rawServer((socket) => socket.write(okResponse + okResponse))
  await using client = localClient()
  expect(await post(client, server.url)).toMatchObject({ kind: 'response', body: 'ok' })
  await expect.poll(() => client.stats.origins).toBe(0)
  expect((await post(client, server.url)).timing.reusedSocket).toBe(false)
})

test('opens no more connections to one origin than allowed, and others wait their turn', async () => {
  let now = 0
  let most = 0
  await using server = await httpServer((req, res) => {
    most = Math.max(most, ++now)
    req.resume().on('end', () =>
      setImmediate(() => {
        now--
        res.end('ok')
      }),
    )
  })
  await using client = localClient({ maxConnectionsPerOrigin: 3 })
  const results = await Promise.all(Array.from({ length: 40 }, () => post(client, server.url)))
  expect(results.every((result) => result.kind === 'response')).toBe(true)
  expect(server.connections).toBeLessThanOrEqual(3)
  expect(most).toBeLessThanOrEqual(3)
})

test('a request that waits for a connection ends at its deadline, and its origin works on', async () => {
  let held: (() => void) | undefined
  await using server = await rawServer((socket) => {
    if (held) socket.write(okResponse)
    else held = () => socket.write(okResponse)
  })
  await using client = localClient({ maxConnectionsPerOrigin: 1 })
  const first = post(client, server.url)
  const second = await post(client, server.url, 100)
  expect(second).toMatchObject({ kind: 'failure', code: 'connect_timeout', phase: 'queue' })
  held?.()
  expect((await first).kind).toBe('response')
  expect((await post(client, server.url)).kind).toBe('response')
})

test('a waiting request gets the place of a connection that broke', async () => {
  let requests = 0
  await using server = await rawServer((socket) => {
    if (++requests === 1) socket.destroy()
    else socket.write(okResponse)
  })
  await using client = localClient({ maxConnectionsPerOrigin: 1 })
  const [first, second] = await Promise.all([post(client, server.url), post(client, server.url)])
  expect(first).toMatchObject({ code: 'connection_reset' })
  expect(second).toMatchObject({ kind: 'response', status: 200 })
})

test('keeps few idle connections however many origins there are, and nothing once they are gone', async () => {
  await using stack = new AsyncDisposableStack()
  await using client = localClient({ maxIdleConnections: 5, keepAliveMs: 300 })
  for (let origin = 0; origin < 40; origin++) {
    const server = stack.use(await rawServer((socket) => socket.write(okResponse)))
    expect((await post(client, server.url)).kind).toBe('response')
  }
  await expect.poll(() => client.stats.origins).toBeLessThanOrEqual(5)
  await expect.poll(() => client.stats).toEqual({ idleConnections: 0, origins: 0 })
})

test('keeps nothing of receivers that answer with more than is read', async () => {
  const megabyte = Buffer.alloc(1_000_000, 'x')
  await using server = await httpServer((_req, res) => res.end(megabyte))
  await using client = localClient()
  for (let round = 0; round < 30; round++) {
    expect(await post(client, server.url)).toMatchObject({ notice: 'response_too_large' })
  }
  await expect.poll(() => client.stats).toEqual({ idleConnections: 0, origins: 0 })
})

test('replaces a connection that has become too old', async () => {
  await using server = await rawServer((socket) => socket.write(okResponse))
  await using client = localClient({ maxConnectionAgeMs: 0 })
  await post(client, server.url)
  expect((await post(client, server.url)).timing.reusedSocket).toBe(false)
})

test('closing waits for what is under way, then refuses more', async () => {
  let release: (() => void) | undefined
  await using server = await rawServer((socket) => {
    release = () => socket.write(okResponse)
  })
  const client = localClient()
  const sending = post(client, server.url)
  await expect.poll(() => release).toBeDefined()
  const closed = client[Symbol.asyncDispose]()
  release?.()
  expect((await sending).kind).toBe('response')
  await closed
  await expect(post(client, server.url)).rejects.toThrow('closed')
  await expect.poll(() => client.stats.idleConnections).toBe(0)
})
