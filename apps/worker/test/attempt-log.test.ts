import { hostname } from 'node:os'
import { patchEndpoint, setEndpointHeaders } from '@posthorn/core'
import { createLogger } from '@posthorn/runtime'
import { generateSecret } from '@posthorn/signing'
import { startReceiver } from '@posthorn/test-kit'
import { describe, expect, it } from 'vitest'
import { startPipeline } from './pipeline.ts'

const PRIVATE = 'sesame'
const LOOP = /127\.0\.0\.1|::1/

async function setup(env: Readonly<Record<string, string>> = {}) {
  await using stack = new AsyncDisposableStack()
  const lines: string[] = []
  const destination = { write: (line: string) => void lines.push(line) }
  const logger = createLogger({ name: 'worker', level: 'debug', destination })
  const pipeline = stack.use(await startPipeline({ logger, env }))
  const receiver = stack.use(await startReceiver())
  const secret = generateSecret()
  const endpointId = await pipeline.addEndpoint(receiver.url, { secrets: [secret] })
  const ctx = { ...pipeline.core, disableAfterSeconds: 432_000 }
  const url = `${receiver.url}?token=${PRIVATE}`
  await patchEndpoint(ctx, pipeline.scope, { idOrUid: endpointId, fields: { url } })
  const headers = { authorization: `Bearer ${PRIVATE}`, 'x-own': PRIVATE }
  await setEndpointHeaders(ctx, pipeline.scope, { idOrUid: endpointId, headers })
  const resources = stack.move()
  return {
    pipeline,
    receiver,
    endpointId,
    secret,
    text: () => lines.join(''),
    attempts: () =>
      lines.map((line) => JSON.parse(line)).filter(({ msg }) => msg === 'delivery.attempted'),
    [Symbol.asyncDispose]: () => resources.disposeAsync(),
  }
}

describe("the worker's log", () => {
  it('has one line per attempt with its ids, and nothing of what was sent, answered or signed with', async () => {
    await using bundle = await setup()
    const { pipeline, receiver, endpointId, secret } = bundle
    const answer = { headers: { 'set-cookie': PRIVATE }, body: PRIVATE }
    receiver.replies({ status: 500, ...answer }, { status: 200, ...answer })
    const payload = `{"text":"${PRIVATE}","name":"Zoë"}`
    const messageId = await pipeline.publish(payload)
    await pipeline.untilStatus(messageId, 'delivered')
    expect(receiver.of(messageId)[0]?.headers).toMatchObject({ 'x-own': PRIVATE })
    const ids = { appId: pipeline.app.appId, endpointId, messageId }
    await expect.poll(bundle.attempts).toMatchObject([
      { ...ids, number: 1, status: 500, code: 'http_500', next: 'retry' },
      { ...ids, number: 2, status: 200 },
    ])
    const [first] = bundle.attempts()
    expect(first).toMatchObject({
      trigger: 'scheduled',
      port: Number(new URL(receiver.url).port),
      remoteAddress: '127.0.0.1',
      worker: `${hostname()}:${process.pid}`,
      bytesOut: Buffer.byteLength(payload),
      bytesIn: PRIVATE.length,
      waitMs: expect.any(Number),
    })
    for (const hidden of [PRIVATE, secret, secret.slice('whsec_'.length)])
      expect(bundle.text()).not.toContain(hidden)
  })

  it('has nothing of an answer whose headers are too big, not as bytes either', async () => {
    await using bundle = await setup({ POSTHORN_RETRY_SCHEDULE: 'none' })
    const { pipeline, receiver } = bundle
    receiver.replies({ status: 200, headers: { 'set-cookie': PRIVATE.repeat(20_000) } })
    const messageId = await pipeline.publish()
    await pipeline.untilStatus(messageId, 'failed')
    await expect.poll(bundle.attempts).toMatchObject([{ code: 'response_headers_too_large' }])
    for (const form of ['utf8', 'hex', 'base64'] as const)
      expect(bundle.text()).not.toContain(Buffer.from(PRIVATE).toString(form))
  })

  it('says where an attempt failed and what the network called it, and its row keeps that', async () => {
    await using bundle = await setup({ POSTHORN_RETRY_SCHEDULE: 'none' })
    const { pipeline, receiver } = bundle
    await receiver[Symbol.asyncDispose]()
    const messageId = await pipeline.publish()
    await pipeline.untilStatus(messageId, 'failed')
    const seen = { errno: 'ECONNREFUSED', worker: `${hostname()}:${process.pid}` }
    await expect
      .poll(bundle.attempts)
      .toMatchObject([
        { code: 'connection_refused', phase: 'connect', remoteAddress: '127.0.0.1', ...seen },
      ])
    const [attempt] = await pipeline.attemptsOf(messageId)
    expect(attempt?.timing).toMatchObject({ address: '127.0.0.1', ...seen })
  })

  it('alone has the address of a host that is not sent to', async () => {
    const env = { POSTHORN_ALLOW_SUBNETS: '192.0.2.0/24', POSTHORN_RETRY_SCHEDULE: 'none' }
    await using bundle = await setup(env)
    const { pipeline, endpointId } = bundle
    await pipeline.db.hot.query('UPDATE endpoint SET url = $2 WHERE id = $1', [
      endpointId,
      'http://localhost:9/hook',
    ])
    await pipeline.db.hot.query('UPDATE application SET version = version + 1')
    const messageId = await pipeline.publish()
    await pipeline.untilStatus(messageId, 'failed')
    await expect
      .poll(bundle.attempts)
      .toMatchObject([{ code: 'blocked_address', seen: { address: expect.stringMatching(LOOP) } }])
    expect(bundle.attempts()[0]).not.toHaveProperty('remoteAddress')
    const { rows } = await pipeline.db.hot.query('SELECT * FROM attempt WHERE message_id = $1', [
      messageId,
    ])
    expect(rows).toMatchObject([{ code: 'blocked_address' }])
    expect(JSON.stringify(rows)).not.toMatch(LOOP)
  })
})
