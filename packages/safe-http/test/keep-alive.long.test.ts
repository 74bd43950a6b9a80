import { createServer, type RequestListener } from 'node:http'
import { setTimeout as pause } from 'node:timers/promises'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { expect, test } from 'vitest'
import { createSafeClient, type SafeClient } from '../src/index.ts'
import { cidr, localClient, okResponse, rawServer } from './servers.ts'

const IDLE_MS = 5_000
const RECEIVERS = 60
const MESSAGES_EACH = 5

test('300 messages to receivers that close idle connections after 5 s, each sent as that happens, arrive once', async () => {
  await using client = localClient()
  const bodies = await Promise.all(
    Array.from({ length: RECEIVERS }, async (_, receiver) => {
      const answered: string[] = []
      let idle: NodeJS.Timeout | undefined
      await using server = await rawServer((socket, text) => {
        if (!socket.writable) return
        answered.push(text.slice(text.indexOf('\r\n\r\n') + 4))
        socket.write(okResponse)
        clearTimeout(idle)
        idle = setTimeout(() => socket.end(), IDLE_MS)
      })
      for (let n = 0; n < MESSAGES_EACH; n++) {
        const body = `${receiver}/${n}`
        const request = { url: server.url, headers: [], body, deadlineMs: 3_000 }
        expect(await client.send(request)).toMatchObject({ kind: 'response', status: 200 })
        // From 50 ms before the receiver closes to 50 ms after.
        await pause(IDLE_MS - 50 + (100 * receiver) / RECEIVERS)
      }
      clearTimeout(idle)
      return answered
    }),
  )
  expect(bodies.flat()).toHaveLength(RECEIVERS * MESSAGES_EACH)
  expect(new Set(bodies.flat()).size).toBe(RECEIVERS * MESSAGES_EACH)
})

const HOSTS = 2_000
const BIG_ANSWERS = 5_000
const QUIET_MS = 120_000
const MOST_GROWTH_BYTES = 20_000_000
/** What the allocator keeps of what was given back goes up and down by some 150 MB; 20 GB were answered. */
const MOST_RESIDENT_BYTES = 500_000_000

test('thousands of hosts and megabytes of answers that are not read leave neither connections nor memory behind', async () => {
  const megabyte = Buffer.alloc(1_000_000, 'x')
  await using server = await onAllOfLoopback((req, res) => {
    req.resume()
    res.end(req.url === '/big' ? megabyte : 'ok')
  })
  await using client = createSafeClient({
    httpsOnly: false,
    allowSubnets: [cidr('127.0.0.0/8')],
  })
  await sendAll(client, server.port)
  const held: number[] = []
  for (let round = 0; round < 3; round++) {
    await sendAll(client, server.port)
    await pause(QUIET_MS)
    expect(client.stats.idleConnections).toBeLessThan(50)
    collectGarbage()
    const { heapUsed, external, rss } = process.memoryUsage()
    held.push(heapUsed + external)
    expect(rss).toBeLessThan(MOST_RESIDENT_BYTES)
  }
  const [first = 0] = held
  expect(Math.max(...held) - first).toBeLessThan(MOST_GROWTH_BYTES)
})

async function sendAll(client: SafeClient, port: number): Promise<void> {
  const hosts = Array.from({ length: HOSTS }, (_, n) => `127.1.${n >> 8}.${n & 255}`)
  const small = hosts.map((host) => `http://${host}:${port}/`)
  const big = Array.from({ length: BIG_ANSWERS }, () => `http://127.0.0.1:${port}/big`)
  const waiting = [...small, ...big]
  const one = async () => {
    for (let url = waiting.pop(); url !== undefined; url = waiting.pop()) {
      const result = await client.send({ url, headers: [], body: '{}', deadlineMs: 15_000 })
      expect(result.kind).toBe('response')
    }
  }
  await Promise.all(Array.from({ length: 50 }, one))
}

function collectGarbage(): void {
  setFlagsFromString('--expose-gc')
  runInNewContext('gc')()
}

async function onAllOfLoopback(listener: RequestListener) {
  const server = createServer(listener)
  await new Promise<void>((resolve) => server.listen(0, '0.0.0.0', resolve))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('The server has no port.')
  return {
    port: address.port,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
