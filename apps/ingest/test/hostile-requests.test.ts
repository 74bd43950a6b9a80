import { once } from 'node:events'
import { connect } from 'node:net'
import { silentLogger } from '@posthorn/runtime'
import { startPostgresRelay, waitFor } from '@posthorn/test-kit'
import { describe, expect, it } from 'vitest'
import { loadIngestConfig } from '../src/config.ts'
import { startIngest } from '../src/start-ingest.ts'
import { ingestEnv, startTestIngest } from './test-ingest.ts'

const MB = 1024 * 1024

async function talk(url: string, text: string): Promise<string> {
  const { port, hostname } = new URL(url)
  const socket = connect(Number(port), hostname)
  const chunks: Buffer[] = []
  socket.on('data', (chunk: Buffer) => chunks.push(chunk))
  socket.on('error', () => undefined)
  await once(socket, 'connect')
  socket.end(text)
  await once(socket, 'close')
  return Buffer.concat(chunks).toString()
}

describe('a body', () => {
  it('of 30 MB is 413, by its declared length and in chunks, and no message', async () => {
    await using ingest = await startTestIngest()
    const source = await ingest.source()
    const body = Buffer.alloc(30 * MB, 'a')
    expect((await source.send(body)).status).toBe(413)
    const chunked = await fetch(source.url, {
      method: 'POST',
      body: new Blob([new Uint8Array(body)]).stream(),
      duplex: 'half',
    })
    expect(chunked.status).toBe(413)
    expect(await source.messages()).toEqual([])
  })

  it('of 20 MB is taken whole', async () => {
    await using ingest = await startTestIngest()
    const source = await ingest.source()
    expect((await source.send(Buffer.alloc(20 * MB, 'a'))).status).toBe(200)
    const [message] = await source.messages()
    expect(message?.payload?.length).toBe(20 * MB)
  })

  it('that breaks off is no message', async () => {
    await using ingest = await startTestIngest()
    const source = await ingest.source()
    const path = new URL(source.url).pathname
    await talk(source.url, `POST ${path} HTTP/1.1\r\nhost: a\r\ncontent-length: 100\r\n\r\n{"a":`)
    expect(await source.messages()).toEqual([])
  })

  it('with a content encoding is 415, since its bytes would arrive without being told of it', async () => {
    await using ingest = await startTestIngest()
    const source = await ingest.source()
    expect((await source.send('x', { 'content-encoding': 'gzip' })).status).toBe(415)
  })

  it('that no text column holds, in any part of the request, is never a 500', async () => {
    await using ingest = await startTestIngest()
    const source = await ingest.source({ type: 'github', secrets: ['s'] })
    const hostile = ['\0', '{"a":"\\u0000"}', '<!DOCTYPE a [<!ENTITY b "c">]>', '{"__proto__":1}']
    for (const body of hostile) {
      const sent = await source.send(
        body,
        { 'x-github-event': 'a\u00ff', 'x-a': 'é' },
        '/a?b=1&b=%00',
      )
      expect([body, sent.status]).toEqual([body, 401])
    }
    expect((await source.quarantined()).map((kept) => Buffer.from(kept.body).toString())).toEqual(
      hostile,
    )
  })
})

it('headers beyond 16 kB are 431', async () => {
  await using ingest = await startTestIngest()
  const source = await ingest.source()
  const path = new URL(source.url).pathname
  const answer = await talk(source.url, `GET ${path} HTTP/1.1\r\nx: ${'a'.repeat(20_000)}\r\n\r\n`)
  expect(answer).toMatch(/^HTTP\/1\.1 431 /)
})

describe('pace', () => {
  it('of an address is 429 with Retry-After', async () => {
    await using ingest = await startTestIngest({ env: { POSTHORN_INGEST_ADDRESS_RATE: '0.1' } })
    const source = await ingest.source()
    const answers = [await source.send('1'), await source.send('2')]
    expect(answers.map(({ status }) => status)).toEqual([200, 429])
    expect(Number(answers[1]?.headers.get('retry-after'))).toBeGreaterThan(0)
  })

  it('of a source is charged by what is accepted: refusals use up nothing of it', async () => {
    await using ingest = await startTestIngest({ env: { POSTHORN_INGEST_SOURCE_RATE: '0.1' } })
    const source = await ingest.source({ type: 'openclaw', secrets: ['right'] })
    const right = { authorization: 'Bearer right' }
    for (let n = 0; n < 10; n++)
      expect((await source.send(`${n}`, { authorization: 'Bearer wrong' })).status).toBe(401)
    const statuses = [
      (await source.send('a', right)).status,
      (await source.send('b', right)).status,
    ]
    expect(statuses).toEqual([200, 429])
    const outcomes = (await source.requests()).map(({ outcome }) => outcome)
    expect(outcomes.slice(-2)).toEqual(['accepted', 'throttled'])
  })

  it('of refusals bounds what is kept of them', async () => {
    await using ingest = await startTestIngest()
    const source = await ingest.source({ type: 'github', secrets: ['s'] })
    const sent = Array.from({ length: 300 }, async (_, n) => source.send(`${n}`))
    expect(new Set((await Promise.all(sent)).map(({ status }) => status))).toEqual(new Set([401]))
    expect((await source.requests()).length).toBeLessThan(200)
  })

  it('goes by X-Forwarded-For only behind a configured proxy, and by the last hop it doesn’t know', async () => {
    const env = { POSTHORN_INGEST_ADDRESS_RATE: '0.1' }
    await using bare = await startTestIngest({ env })
    const one = await bare.source()
    const invented = ['1.1.1.1', '2.2.2.2', '3.3.3.3', '4.4.4.4']
    const first = []
    for (const hop of invented) first.push((await one.send(hop, { 'x-forwarded-for': hop })).status)
    expect(first).toContain(429)
    await using proxied = await startTestIngest({
      env: { ...env, POSTHORN_TRUSTED_PROXIES: '127.0.0.1' },
    })
    const two = await proxied.source()
    const second = []
    for (const hop of invented)
      second.push((await two.send(hop, { 'x-forwarded-for': `9.9.9.9, ${hop}` })).status)
    expect(second).toEqual([200, 200, 200, 200])
    expect((await two.requests()).map(({ address }) => address)).toEqual(invented)
  })
})

it('while the database is away everything is 503 with Retry-After, and becomes a message once it is back', async () => {
  await using ingest = await startTestIngest()
  const source = await ingest.source()
  await using relay = await startPostgresRelay(ingest.databaseUrl)
  await using behind = await startIngest(loadIngestConfig(ingestEnv(relay.url)), {
    logger: silentLogger,
  })
  const send = async (body: string) => {
    const url = `${behind.url}/in/${source.token}`
    const { status, headers } = await fetch(url, { method: 'POST', body })
    return [status, Number(headers.get('retry-after')) > 0]
  }
  expect(await send('before')).toEqual([200, false])
  relay.set('down')
  expect(await send('lost')).toEqual([503, true])
  expect(await send('lost')).toEqual([503, true])
  relay.set('up')
  await waitFor('the database', async () => (await send('after'))[0] === 200)
  const payloads = (await source.messages()).map(({ payload }) => payload)
  expect(payloads).toEqual(['before', 'after'])
})
