import { newId } from '@posthorn/runtime'
import { expect, it } from 'vitest'
import { sendAs, setupApi } from './api-setup.ts'

const DAY_MS = 86_400_000
const TOKEN = 'secret_of-the-provider-itself'

/** A source whose provider brought its secret so long ago, as the receiver would have kept it. */
async function setup(daysAgo = 0) {
  const api = await setupApi()
  const { send, core } = api
  const { body: app } = await send('POST', '/app', { body: { name: 'One' } })
  const fields = { name: 'Notes', type: 'notion', application: app.id }
  const { body: made } = await send('POST', '/source', { body: fields })
  const secretLearnedAt = new Date(Date.now() - daysAgo * DAY_MS).toISOString()
  const { prisma } = core.db
  const where = { id: made.id }
  const row = await prisma.source.findUniqueOrThrow({ where })
  const options = { ...Object(row.options), secretLearnedAt }
  const secrets = core.vault.seal(JSON.stringify([TOKEN]))
  await prisma.source.update({ where, data: { options, secrets } })
  const one = `/source/${made.id}`
  return {
    ...api,
    one,
    appId: app.id,
    secretLearnedAt,
    show: (as = send) => as('POST', `${one}/secret/show`),
    accepted: (reason: string | null) =>
      prisma.sourceRequest.create({
        data: { ...REQUEST, sourceId: made.id, id: newId('srcreq_', Date.now()), reason },
      }),
  }
}

const REQUEST = {
  outcome: 'accepted',
  method: 'POST',
  path: '/',
  address: '127.0.0.1',
  bodyBytes: 2,
  headers: {},
}

it('is shown to whoever may manage sources, and each time is on record', async () => {
  const { show, send, one, appId, url, secretLearnedAt, apiKey, as, ...api } = await setup()
  expect(await show()).toMatchObject({ status: 200, body: { secret: TOKEN } })
  const { body } = await send('GET', one)
  expect(body).toMatchObject({ secretLearnedAt, secrets: 1 })
  expect(JSON.stringify(body)).not.toContain(TOKEN)
  const portal = async (capability: string) => {
    const path = `/auth/app-portal-access/${appId}`
    const made = await send('POST', path, { body: { capabilities: [capability] } })
    return sendAs(url, String(made.body.token))
  }
  expect((await show(await portal('ManageSources'))).body).toEqual({ secret: TOKEN })
  expect((await show(await portal('ViewSources'))).status).toBe(403)
  expect((await show(as((await apiKey({ scopes: ['read'] })).text))).status).toBe(403)
  expect((await show((await setupApi()).send)).status).toBe(404)
  const shown = (await api.auditActions()).filter((action) => action === 'source.show_secret')
  expect(shown).toHaveLength(2)
})

it('is hidden from the first request on that it proved', async () => {
  const { show, accepted } = await setup()
  await accepted('unverified')
  expect((await show()).status).toBe(200)
  await accepted(null)
  expect(await show()).toMatchObject({ status: 400, body: { code: 'secret_hidden' } })
})

it('is hidden after a week', async () => {
  expect((await (await setup(6.9)).show()).status).toBe(200)
  expect(await (await setup(7.1)).show()).toMatchObject({
    status: 400,
    body: { code: 'secret_hidden' },
  })
})

it('is none once another was given, and one that was given is never shown', async () => {
  const { show, send, one } = await setup()
  expect((await send('PATCH', one, { body: { name: 'Other notes' } })).status).toBe(200)
  expect((await show()).status).toBe(200)
  const given = await send('PATCH', one, { body: { secrets: ['given-by-hand'] } })
  expect(given.body.secretLearnedAt).toBeNull()
  expect(await show()).toMatchObject({ status: 400, body: { code: 'no_learned_secret' } })
})
