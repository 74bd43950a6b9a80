import { findReplies, makeReply } from '@posthorn/core/ingest'
import { waitFor } from '@posthorn/test-kit'
import { expect, it } from 'vitest'
import { setupWebhook } from './losant-setup.ts'

const KEPT_BYTES = 20_000

it('an answer of an endpoint that is longer than what is kept is no reply: never the beginning for the whole', async () => {
  const config = { waitForReply: true, replyFrom: 'endpoint' }
  await using webhook = await setupWebhook(config, { hasWorker: true })
  await using receiver = await webhook.endpoint(webhook.appId)
  const whole = JSON.stringify({ text: 'a'.repeat(KEPT_BYTES - 11) })
  receiver.replies({ status: 200, body: whole }, { status: 200, body: `${whole} ` })
  expect(await webhook.call({ body: '{}' })).toMatchObject({ status: 200, text: whole })
  const called = webhook.call({ body: '{}' })
  await waitFor('the message', async () => (await webhook.messages()).length === 2)
  const messageId = (await webhook.messages()).at(-1)?.id ?? ''
  const { db } = webhook.core
  await waitFor('the answer', async () => {
    return (await db.prisma.attempt.count({ where: { messageId, success: true } })) === 1
  })
  expect(await findReplies({ db }, [{ messageId, endpointId: null }])).toEqual(new Map())
  const scope = { ...webhook.scope, appId: webhook.appId }
  const reply = { status: 201, body: 'made by hand' }
  await makeReply(webhook.core, scope, { sourceId: webhook.webhookId, replyId: messageId, reply })
  expect(await called).toMatchObject({ status: 201, text: 'made by hand' })
})
