import { createApiKey } from '@posthorn/core'
import { losantIdOf } from '@posthorn/core/ingest'
import { waitFor } from '@posthorn/test-kit'
import { expect, it } from 'vitest'
import { setupWebhook } from './losant-setup.ts'
import { startApiProcess, startIngestProcess } from './test-process.ts'

it(
  'a reply posted to any api process arrives at the caller, whichever ingest process holds it',
  { timeout: 240_000 },
  async () => {
    await using webhook = await setupWebhook({ waitForReply: true })
    const { core, scope, databaseUrl, appId, webhookId, token } = webhook
    await using stack = new AsyncDisposableStack()
    const [ingest1, ingest2, api1, api2] = await Promise.all([
      startIngestProcess(databaseUrl),
      startIngestProcess(databaseUrl),
      startApiProcess(databaseUrl),
      startApiProcess(databaseUrl),
    ])
    for (const one of [ingest1, ingest2, api1, api2]) stack.use(one)
    const { text: key } = await createApiKey(core, scope, { name: 'a', scopes: ['webhook.reply'] })
    const replies = `/applications/${losantIdOf(appId)}/webhooks/${losantIdOf(webhookId)}/replies`
    const reply = (api: { url: string }, replyId: string, body: object) =>
      fetch(`${api.url}${replies}/${replyId}`, {
        method: 'POST',
        headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
        body: JSON.stringify({ status: 207, body }),
      })
    const pairs = [ingest1, ingest2].flatMap((ingest) => [
      { ingest, first: api1, second: api2 },
      { ingest, first: api2, second: api1 },
    ])
    for (const [n, { ingest, first, second }] of pairs.entries()) {
      const called = fetch(`${ingest.url}/webhooks/${token}`, { method: 'POST' })
      await waitFor('the message', async () => (await webhook.messages()).length > n)
      const { payload } = (await webhook.messages()).at(-1) ?? {}
      const { replyId } = JSON.parse(payload ?? '{}')
      expect((await reply(first, replyId, { n })).status).toBe(201)
      expect((await reply(second, replyId, { n: 'too late' })).status).toBe(409)
      const answer = await called
      expect([answer.status, await answer.json()]).toEqual([207, { n }])
    }
  },
)
