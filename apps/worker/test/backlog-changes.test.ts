import {
  deleteEndpoint,
  disableEndpoint,
  patchEndpoint,
  rotateEndpointSecret,
  setEndpointHeaders,
} from '@posthorn/core'
import { generateSecret, parseVerifyingKey, verifyWebhook } from '@posthorn/signing'
import { type Receiver, startReceiver, waitFor } from '@posthorn/test-kit'
import { describe, expect, it } from 'vitest'
import { startPipeline } from './pipeline.ts'

const WAITING = 2_000
const RATE = 20
const IN_FORCE_MS = 5_000

/** An endpoint with thousands waiting, some of them delivered already. */
async function setup() {
  await using stack = new AsyncDisposableStack()
  const pipeline = stack.use(await startPipeline())
  const receiver = stack.use(await startReceiver())
  const endpointId = await pipeline.addEndpoint(receiver.url, { rate: RATE })
  await Promise.all(Array.from({ length: WAITING }, () => pipeline.publish()))
  await waitFor('the first', () => receiver.requests.length > 0)
  const ctx = { ...pipeline.core, disableAfterSeconds: 432_000 }
  const resources = stack.move()
  return {
    pipeline,
    receiver,
    endpointId,
    ctx,
    patch: (fields: Parameters<typeof patchEndpoint>[2]['fields']) =>
      patchEndpoint(ctx, pipeline.scope, { idOrUid: endpointId, fields }),
    [Symbol.asyncDispose]: () => resources.disposeAsync(),
  }
}

/** From some request on, soon, it holds for every one. */
async function expectSoon(
  receiver: Receiver,
  holds: (request: Receiver['requests'][number]) => boolean,
): Promise<void> {
  await waitFor('the change', () => receiver.requests.some(holds), IN_FORCE_MS)
  const first = receiver.requests.findIndex(holds)
  await waitFor('some more', () => receiver.requests.length > first + RATE)
  expect(receiver.requests.slice(first).every(holds)).toBe(true)
}

describe('thousands that wait see within five seconds', () => {
  it('a changed URL', async () => {
    await using bundle = await setup()
    await using next = await startReceiver()
    await bundle.patch({ url: next.url })
    await waitFor('the new receiver', () => next.requests.length > 0, IN_FORCE_MS)
    const before = bundle.receiver.requests.length
    await waitFor('some more', () => next.requests.length > RATE)
    expect(bundle.receiver.requests.length).toBe(before)
  })

  it('a changed secret', async () => {
    await using bundle = await setup()
    const key = generateSecret()
    const rotation = { idOrUid: bundle.endpointId, key, gracePeriodSeconds: 0 }
    await rotateEndpointSecret(bundle.ctx, bundle.pipeline.scope, rotation)
    await expectSoon(bundle.receiver, (request) => isSignedWith(key, request))
  })

  it('changed headers', async () => {
    await using bundle = await setup()
    const headers = { 'x-team': 'blue' }
    await setEndpointHeaders(bundle.ctx, bundle.pipeline.scope, {
      idOrUid: bundle.endpointId,
      headers,
    })
    await expectSoon(bundle.receiver, (request) => request.headers['x-team'] === 'blue')
  })

  it('a lifted limit', async () => {
    await using bundle = await setup()
    await bundle.patch({ throttleRate: null })
    const before = bundle.receiver.requests.length
    const isFaster = () => bundle.receiver.requests.length > before + RATE * 10
    await waitFor('more than the limit allows', isFaster, IN_FORCE_MS)
  })

  it.each([
    ['disabled', 'endpoint_disabled'],
    ['deleted', 'endpoint_deleted'],
  ])('that the endpoint is %s', async (how, cause) => {
    await using bundle = await setup()
    const { pipeline, endpointId } = bundle
    if (how === 'deleted') await deleteEndpoint(bundle.ctx, pipeline.scope, endpointId)
    else await disableEndpoint(bundle.ctx, pipeline.scope, { endpointId, by: 'staff' })
    const isOver = async () => (await pipeline.tally())['pending'] === undefined
    await waitFor('the cancellation', isOver, IN_FORCE_MS)
    const { rows } = await pipeline.db.hot.query<{ cause: string | null }>(
      `SELECT DISTINCT cause FROM delivery WHERE endpoint_id = $1 AND status = 'canceled'`,
      [endpointId],
    )
    expect(rows).toEqual([{ cause }])
    expect(bundle.receiver.requests.length).toBeLessThan(WAITING / 2)
  })
})

function isSignedWith(secret: string, { headers, body }: Receiver['requests'][number]): boolean {
  const timestamp = headers['webhook-timestamp']
  return verifyWebhook({
    id: headers['webhook-id'],
    timestamp,
    signature: headers['webhook-signature'],
    body,
    keys: [parseVerifyingKey(secret)],
    nowSeconds: Number(timestamp),
  }).valid
}
