import { type Change, listenForChanges, resendMessage } from '@posthorn/core'
import { startReceiver, waitFor } from '@posthorn/test-kit'
import { describe, expect, it } from 'vitest'
import { startPipeline } from './pipeline.ts'

async function setup() {
  await using stack = new AsyncDisposableStack()
  const env = { POSTHORN_RETRY_SCHEDULE: 'none', POSTHORN_REQUEST_TIMEOUT: '1' }
  const pipeline = stack.use(await startPipeline({ env }))
  const receiver = stack.use(await startReceiver())
  const endpoint = await pipeline.addEndpoint(receiver.url)
  const heard: Extract<Change, { kind: 'sending' }>['sending'][] = []
  stack.use(
    listenForChanges({
      directUrl: pipeline.db.directUrl,
      onChange: (change) => void (change.kind === 'sending' && heard.push(change.sending)),
      onGap: () => undefined,
      onError: () => undefined,
    }),
  )
  await waitFor('the listener', async () => {
    const { rows } = await pipeline.db.hot.query(
      `SELECT FROM pg_stat_activity WHERE query = 'LISTEN posthorn'`,
    )
    return rows.length > 0
  })
  const resources = stack.move()
  return {
    pipeline,
    receiver,
    heard,
    endpoint,
    resend: (message: string) => {
      const ctx = { db: pipeline.db, nudge: () => pipeline.worker.localDelivery.nudge() }
      return resendMessage(ctx, pipeline.scope, { message, endpoint })
    },
    [Symbol.asyncDispose]: () => resources.disposeAsync(),
  }
}

describe('a request on its way', () => {
  it('tells how far it is if it was asked for by hand and takes long, and else nothing', async () => {
    await using given = await setup()
    const { pipeline, receiver, heard, endpoint } = given
    receiver.replies('hang', 200, 'drip')
    const id = await pipeline.publish()
    await pipeline.untilStatus(id, 'failed')
    await given.resend(id)
    await waitFor('the quick answer', async () => {
      return (await pipeline.deliveryOf(id, 'manual'))?.status === 'delivered'
    })
    await given.resend(id)
    await waitFor('its phases', () => heard.some(({ begun }) => begun.at(-1)?.phase === 'body'))
    const { rows } = await pipeline.db.hot.query<{ token: string }>(
      `SELECT lease_token::text AS token FROM delivery WHERE message_id = $1 AND trigger = 'manual'`,
      [id],
    )
    const told = heard.filter(({ leaseToken }) => leaseToken === rows[0]?.token)
    const { begun, ...sent } = told.at(-1) ?? { begun: [] }
    expect(sent).toEqual({ messageId: id, endpointId: endpoint, leaseToken: rows[0]?.token })
    expect(begun.map(({ phase }) => phase).slice(-2)).toEqual(['wait', 'body'])
    expect(begun.map(({ at }) => at)).toEqual(begun.map(({ at }) => at).toSorted())
    // Of what was quick, and of what nobody asked for, there is nothing.
    const slow = (await pipeline.attemptsOf(id)).filter(isSlowByHand)
    expect(new Set(heard.map(({ leaseToken }) => leaseToken)).size).toBeLessThanOrEqual(
      slow.length + 1,
    )
  })
})

/** The machine may have held up the quick one. */
function isSlowByHand({ trigger, timing }: { trigger: string; timing: Record<string, unknown> }) {
  return trigger === 'manual' && Number(timing['totalMs']) >= 250
}
