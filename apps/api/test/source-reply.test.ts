import { describe, expect, it } from 'vitest'
import { setupLosant } from './losant-setup.ts'

async function setup() {
  const losant = await setupLosant()
  const { client, applicationId, send, raw } = losant
  const webhook = await client.webhooks.post({ applicationId, webhook: { name: 'a' } })
  const { body: sources } = await send('GET', '/source')
  const sourceId = String(sources.data[0].id)
  // As ingest publishes what a source received.
  const { body: message } = await send('POST', '/app/plant/msg', {
    body: { eventType: 'losant.received', payload: {} },
  })
  await losant.core.db.prisma.message.updateMany({
    where: { id: message.id },
    data: { publisher: `source:${sourceId}` },
  })
  const path = `/applications/${applicationId}/webhooks/${webhook.id}/replies/${message.id}`
  return {
    ...losant,
    webhook,
    sourceId,
    messageId: String(message.id),
    path,
    reply: (body: unknown = {}, bearer?: string) => raw('POST', path, body, bearer),
  }
}

describe('a reply by Losant’s path', () => {
  it('is made once; whoever comes later is told so', async () => {
    const { reply } = await setup()
    expect(await reply({ status: 201, headers: { 'x-a': 'b' }, body: { a: 1 } })).toEqual({
      status: 201,
      body: { success: true },
    })
    expect(await reply({ body: 'b' })).toMatchObject({
      status: 409,
      body: { type: 'Conflict', message: expect.any(String) },
    })
  })

  it.each([
    [{ headers: { 'set-cookie': 'a=b' } }, 'set-cookie'],
    [{ headers: { 'x-a': 1 } }, 'x-a'],
    [{ body: 'x'.repeat(1_000_001) }, 'body'],
    ['[]', ''],
  ])('is 400 where it breaks a rule, and nothing is made', async (body, field) => {
    const { reply } = await setup()
    const refused = await reply(body)
    expect(refused).toMatchObject({ status: 400, body: { type: 'Validation' } })
    expect(refused.body.message).toContain(field)
    expect((await reply()).status).toBe(201)
  })

  it('needs a token with a scope for it: 401, 403', async () => {
    const { reply, apiKey } = await setup()
    expect((await reply({}, 'wrong')).status).toBe(401)
    for (const scope of ['read', 'write', 'webhook.get', 'webhooks.*', 'all.Application.read']) {
      const { text } = await apiKey({ scopes: [scope] })
      expect((await reply({}, text)).status).toBe(403)
    }
    const { text } = await apiKey({ scopes: ['webhook.reply'] })
    expect((await reply({}, text)).status).toBe(201)
  })

  it('is 404 for what the webhook never received, and to other organisations', async () => {
    const { raw, path, messageId, reply } = await setup()
    const stranger = await setupLosant()
    expect((await stranger.raw('POST', path, {})).status).toBe(404)
    const other = path.replace(messageId, `msg_${'1'.repeat(27)}`)
    expect((await raw('POST', other, {})).status).toBe(404)
    expect((await raw('POST', path.replace(messageId, 'none'), {})).status).toBe(404)
    expect((await reply()).status).toBe(201)
  })
})

describe('a reply by our own path', () => {
  it('answers 204, then 409, and is 404 to others', async () => {
    const { send, sourceId, messageId } = await setup()
    const stranger = await setupLosant()
    const path = `/source/${sourceId}/reply/${messageId}`
    expect((await stranger.send('POST', path, { body: {} })).status).toBe(404)
    expect((await send('POST', path, { body: { headers: { te: 'x' } } })).status).toBe(422)
    expect((await send('POST', path, { body: { body: 'a' } })).status).toBe(204)
    expect(await send('POST', path, { body: { body: 'b' } })).toMatchObject({
      status: 409,
      body: { code: 'already_replied' },
    })
  })
})
