import { once } from 'node:events'
import { createServer, type IncomingMessage, request } from 'node:http'
import { connect } from 'node:net'
import { claimDeliveries } from '@posthorn/db'
import { takeQueuedLeases } from '@posthorn/db/queued-lease'
import { silentLogger } from '@posthorn/runtime'
import { waitFor } from '@posthorn/test-kit'
import { loadWorkerConfig, startWorker } from '@posthorn/worker'
import { describe, expect, it } from 'vitest'
import { BodyRoom } from '../src/http/body-room.ts'
import { readBody } from '../src/http/read-body.ts'
import { ingestEnv, startTestIngest } from './test-ingest.ts'

const MB = 1024 * 1024

/** A request whose body waits for the rest. */
function sendSlowly(url: string, bytes: number) {
  const sending = request(url, { method: 'POST', headers: { 'content-length': bytes } })
  const sent = { isAnswered: false, finish: () => sending.end('a') }
  const answered = once(sending, 'response').then(([response]: IncomingMessage[]) => {
    sent.isAnswered = true
    response?.resume()
    return response?.statusCode
  })
  sending.write(Buffer.alloc(bytes - 1, 'a'))
  return Object.assign(sent, { answered })
}

describe('a big body under way', () => {
  it('makes another of its source wait with 503, and neither small ones nor other sources', async () => {
    await using ingest = await startTestIngest()
    const [source, other] = [await ingest.source(), await ingest.source()]
    let slow = sendSlowly(source.url, 4 * MB)
    const again = Buffer.alloc(3 * MB, 'b')
    await waitFor('the room to be taken', async () => {
      const { status, headers } = await source.send(again)
      // What was to be made wait came first, and the slow one was refused.
      if (slow.isAnswered) slow = sendSlowly(source.url, 4 * MB)
      return status === 503 && Number(headers.get('retry-after')) > 0
    })
    expect((await source.send('small')).status).toBe(200)
    expect((await other.send(again)).status).toBe(200)
    slow.finish()
    expect(await slow.answered).toBe(200)
  })

  it('gives its room back when it does not come in time', async () => {
    const room = new BodyRoom()
    const server = createServer((req, res) => {
      const place = room.enter('a')
      void readBody(req, place, 20).then((body) => {
        place[Symbol.dispose]()
        res.end(Buffer.isBuffer(body) ? 'whole' : body)
      })
    }).listen(0, '127.0.0.1')
    await once(server, 'listening')
    const address = server.address()
    const port = typeof address === 'object' ? address?.port : undefined
    const sending = request({ port, method: 'POST', headers: { 'content-length': 9 } })
    sending.flushHeaders()
    const [response]: IncomingMessage[] = await once(sending, 'response')
    const [text]: Buffer[] = response === undefined ? [] : await once(response, 'data')
    expect(text?.toString()).toBe('slow')
    sending.destroy()
    server.close()
  })
})

describe('big bodies', () => {
  it('reach every endpoint from the queue', async () => {
    await using ingest = await startTestIngest()
    const source = await ingest.source()
    await using one = await ingest.endpoint(source.appId)
    await using two = await ingest.endpoint(source.appId)
    const body = Buffer.alloc(3 * MB, 'a')
    expect((await source.send(body)).status).toBe(200)
    await using _worker = await startWorker(loadWorkerConfig(ingestEnv(ingest.databaseUrl)), {
      logger: silentLogger,
    })
    await waitFor('both', () => one.requests.length === 1 && two.requests.length === 1)
    for (const { requests } of [one, two]) expect(requests[0]?.body.equals(body)).toBe(true)
  })

  it('are taken from the queue as many as one load holds, each once for all its endpoints; the rest is due at once', async () => {
    await using ingest = await startTestIngest()
    const source = await ingest.source()
    await using _one = await ingest.endpoint(source.appId)
    await using _two = await ingest.endpoint(source.appId)
    for (let n = 0; n < 4; n++)
      expect((await source.send(Buffer.alloc(20 * MB, `${n}`))).status).toBe(200)
    const { hot, prisma } = ingest.core.db
    const leases = await prisma.lease.findMany()
    const queued = leases.map(({ token, messageIds: [messageId = ''] }) => ({ token, messageId }))
    const deliveries = await prisma.delivery.findMany({
      select: { messageId: true, endpointId: true, trigger: true },
    })
    const wanted = deliveries.map((ref) => ({ ...ref, turn: false }))
    const by = { worker: 'w', seconds: 60 }
    const counts = []
    for (const rows of [
      await takeQueuedLeases(hot, queued, by),
      await claimDeliveries(hot, wanted, by),
      await claimDeliveries(hot, wanted, by),
    ]) {
      expect(rows.every(({ payload }) => payload?.length === 20 * MB)).toBe(true)
      counts.push([new Set(rows.map(({ messageId }) => messageId)).size, rows.length])
    }
    expect(counts).toEqual([
      [3, 6],
      [1, 2],
      [0, 0],
    ])
  }, 60_000)
})

describe('who waits to be asked for the body', () => {
  async function expectContinue(url: string, length: number): Promise<string[]> {
    const { port, hostname, pathname } = new URL(url)
    const socket = connect(Number(port), hostname)
    let heard = ''
    const head = `POST ${pathname} HTTP/1.1\r\nhost: a\r\nconnection: close\r\nexpect: 100-continue\r\ncontent-length: ${length}\r\n\r\n`
    socket.on('data', (chunk: Buffer) => {
      heard += chunk.toString()
      if (heard === 'HTTP/1.1 100 Continue\r\n\r\n') socket.write('a'.repeat(length))
    })
    socket.write(head)
    await once(socket, 'close')
    return heard.match(/^HTTP\/1\.1 \d+/gm) ?? []
  }

  it('is asked when the body would be taken, and answered at once otherwise', async () => {
    await using ingest = await startTestIngest()
    const source = await ingest.source()
    const taken = await expectContinue(source.url, 5)
    expect(taken).toEqual(['HTTP/1.1 100', 'HTTP/1.1 200'])
    expect(await expectContinue(source.url, 30 * MB)).toEqual(['HTTP/1.1 413'])
    const nowhere = `${ingest.url}/in/${'A'.repeat(43)}`
    expect(await expectContinue(nowhere, 5)).toEqual(['HTTP/1.1 404'])
  })
})
