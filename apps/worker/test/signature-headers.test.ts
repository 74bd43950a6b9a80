import { recoverEndpoint, resendMessage } from '@posthorn/core'
import { ensurePartitions } from '@posthorn/db'
import { newId } from '@posthorn/runtime'
import { generateSecret } from '@posthorn/signing'
import { startReceiver, waitFor } from '@posthorn/test-kit'
import { Webhook } from 'standardwebhooks'
import { describe, expect, it } from 'vitest'
import { startPipeline } from './pipeline.ts'

const DAY_MS = 86_400_000

describe('POSTHORN_SIGNATURE_HEADERS', () => {
  it.each([
    ['webhook', ['webhook-id', 'webhook-signature', 'webhook-timestamp']],
    ['svix', ['svix-id', 'svix-signature', 'svix-timestamp']],
  ])('%s leaves the other family out', async (setting, expected) => {
    await using pipeline = await startPipeline({ env: { POSTHORN_SIGNATURE_HEADERS: setting } })
    await using receiver = await startReceiver()
    await pipeline.addEndpoint(receiver.url)
    const body = '{"n":1}'
    await pipeline.publish(body)
    await waitFor('the request', () => receiver.requests.length === 1)
    const names = Object.keys(receiver.requests[0]?.headers ?? {})
    expect(names.filter((name) => /^(webhook|svix)-/.test(name)).toSorted()).toEqual(expected)
  })
})

describe('a message of yesterday', () => {
  it.each(['resend', 'recover'] as const)('is signed for today by %s', async (how) => {
    await using pipeline = await startPipeline()
    await using receiver = await startReceiver()
    const secret = generateSecret()
    const endpointId = await pipeline.addEndpoint(receiver.url, { secrets: [secret] })
    const { appId } = pipeline.app
    const publishedAtMs = pipeline.core.clock.nowMs() - DAY_MS
    const id = newId('msg_', publishedAtMs)
    const client = await pipeline.db.hot.connect()
    await ensurePartitions(client, publishedAtMs)
    client.release()
    await pipeline.db.hot.query(
      `WITH m AS (INSERT INTO message (id, app_id, event_type, payload, publisher)
                  VALUES ($1, $2, 'test.event', '{"n":1}', 'test'))
       INSERT INTO delivery (message_id, endpoint_id, app_id, status) VALUES ($1, $3, $2, 'failed')`,
      [id, appId, endpointId],
    )
    const since = new Date(publishedAtMs - DAY_MS)
    if (how === 'resend') {
      await resendMessage(pipeline.core, pipeline.scope, { message: id, endpoint: endpointId })
    } else {
      await recoverEndpoint(pipeline.core, pipeline.scope, {
        idOrUid: endpointId,
        since,
        until: null,
      })
    }
    await waitFor('the request', () => receiver.of(id).length === 1)
    const [request] = receiver.of(id)
    // Refuses what is more than five minutes off.
    expect(() =>
      new Webhook(secret).verify(request?.body ?? '', request?.headers ?? {}),
    ).not.toThrow()
  })
})
