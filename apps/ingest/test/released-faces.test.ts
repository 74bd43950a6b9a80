import { patchSource, releaseQuarantined } from '@posthorn/core'
import { silentLogger } from '@posthorn/runtime'
import { expect, it } from 'vitest'
import { loadIngestConfig } from '../src/config.ts'
import { openIngestContext } from '../src/context.ts'
import { setupFlow } from './flow-setup.ts'
import { setupWebhook } from './losant-setup.ts'
import { ingestEnv, type startTestIngest } from './test-ingest.ts'

type Ingest = Pick<Awaited<ReturnType<typeof startTestIngest>>, 'databaseUrl' | 'scope' | 'core'>

const basic = (text: string) => `Basic ${Buffer.from(text).toString('base64')}`

/** Releases what waits in quarantine as the api does. */
async function releaser({ databaseUrl, scope, core }: Ingest) {
  const { ctx, ...opened } = await openIngestContext(loadIngestConfig(ingestEnv(databaseUrl)), {
    logger: silentLogger,
  })
  return {
    ...opened,
    kept: () => core.db.prisma.quarantinedRequest.findMany(),
    release: (source: string, id = '') => releaseQuarantined(ctx, scope, { source, id }),
  }
}

it('a Losant webhook keeps what fails basic auth, and triggers with it once, when it is released after the password was put right', async () => {
  await using webhook = await setupWebhook({ basicAuthUsername: 'a', basicAuthPassword: 'wrong' })
  await using releasing = await releaser(webhook)
  const { webhookId, core, scope } = webhook
  const headers = { authorization: basic('a:right'), 'content-type': 'application/json' }
  const answer = await webhook.call({ headers, body: '{"n":1}' }, '/x?y=2')
  expect(answer.status).toBe(401)
  expect(await webhook.requests()).toMatchObject([
    { outcome: 'quarantined', reason: 'wrong_credentials' },
  ])
  const [kept] = await releasing.kept()
  await expect(releasing.release(webhookId, kept?.id)).rejects.toHaveProperty(
    'code',
    'still_refused',
  )
  await patchSource(core, scope, {
    idOrUid: webhookId,
    fields: { configChanges: { basicAuthPassword: 'right' } },
  })
  const released = await releasing.release(webhookId, kept?.id)
  expect(await releasing.release(webhookId, kept?.id)).toBe(released)
  const messages = await webhook.messages()
  expect(messages).toMatchObject([{ id: released }])
  const payload = JSON.parse(messages[0]?.payload ?? '')
  expect(payload).toMatchObject({ path: '/x', method: 'post', query: { y: '2' }, body: { n: 1 } })
  expect(payload.headers).not.toHaveProperty('authorization')
  expect(Buffer.from(messages[0]?.original ?? []).toString()).toBe('{"n":1}')
  expect((await webhook.requests()).map(({ reason }) => reason)).toContain('released')
})

it('of a Losant webhook a question that is answered wrong is no delivery, and is not kept', async () => {
  await using webhook = await setupWebhook({
    verificationType: 'facebook',
    verificationCode: 'sesame',
  })
  await using releasing = await releaser(webhook)
  const path = '?hub.mode=subscribe&hub.verify_token=other&hub.challenge=1'
  expect((await webhook.call({ method: 'GET' }, path)).status).toBe(403)
  expect(await webhook.requests()).toMatchObject([{ outcome: 'refused' }])
  expect(await releasing.kept()).toEqual([])
})

it('a flow keeps what has a wrong token, and runs with it once, when it is released after the token was switched off', async () => {
  await using flow = await setupFlow()
  await using releasing = await releaser(flow)
  const headers = { authorization: 'Bearer wrong', 'content-type': 'application/json' }
  const answer = await flow.call({ headers, body: '{"n":1}' })
  expect(answer.status).toBe(401)
  const [kept] = await releasing.kept()
  expect(kept).toMatchObject({ reason: 'wrong_credentials' })
  const release = () => releasing.release(flow.flow.id, kept?.id)
  await expect(release()).rejects.toHaveProperty('code', 'still_refused')
  await flow.setToken(false)
  await flow.set({ status: 'paused' })
  await expect(release()).rejects.toHaveProperty('code', 'still_refused')
  await flow.set({ status: 'active' })
  const released = await release()
  expect(await release()).toBe(released)
  expect(await flow.messages()).toMatchObject([{ id: released, payload: '{"web1":{"n":1}}' }])
})
