import { patchEndpoint, setEndpointHeaders } from '@posthorn/core'
import { createLogger } from '@posthorn/runtime'
import { generateSecret } from '@posthorn/signing'
import { startReceiver } from '@posthorn/test-kit'
import { describe, expect, it } from 'vitest'
import { startPipeline } from './pipeline.ts'

const PRIVATE = 'sesame'

async function setup() {
  await using stack = new AsyncDisposableStack()
  const lines: string[] = []
  const destination = { write: (line: string) => void lines.push(line) }
  const logger = createLogger({ name: 'worker', level: 'debug', destination })
  const pipeline = stack.use(await startPipeline({ logger }))
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
    const messageId = await pipeline.publish(`{"text":"${PRIVATE}"}`)
    await pipeline.untilStatus(messageId, 'delivered')
    expect(receiver.of(messageId)[0]?.headers).toMatchObject({ 'x-own': PRIVATE })
    const ids = { appId: pipeline.app.appId, endpointId, messageId }
    await expect.poll(bundle.attempts).toMatchObject([
      { ...ids, number: 1, status: 500, code: 'http_500', next: 'retry' },
      { ...ids, number: 2, status: 200 },
    ])
    for (const hidden of [PRIVATE, secret, secret.slice('whsec_'.length)])
      expect(bundle.text()).not.toContain(hidden)
  })
})
