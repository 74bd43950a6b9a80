import { describe, expect, it } from 'vitest'
import { setupApi } from './api-setup.ts'

const SOURCES = '/../../api/v1/source'
const REPLY_HEADERS = ['body', 'options', 'reply', 'headers']
const OPTIONS = ['body', 'options']
const NEW = { name: 'Calls', type: 'twilio', config: { secret: 'auth-token' } }

async function setup() {
  const api = await setupApi()
  const application = await api.send('POST', '/app', { body: { name: 'a', uid: 'acme' } })
  return { ...api, appId: String(application.body.id) }
}

function keeping(options: object) {
  return { ...NEW, options }
}

function replying(reply: object) {
  return { ...NEW, options: { reply } }
}

describe('sources by our own API', () => {
  it('are made of a type that no SDK knows, in an application that is there, and the SDKs list them', async () => {
    const { send, svix2, appId } = await setup()
    const made = await send('POST', SOURCES, {
      body: { ...NEW, application: 'acme', uid: 'calls' },
    })
    expect(made.status).toBe(201)
    expect(made.body).toMatchObject({
      type: 'twilio',
      appId,
      uid: 'calls',
      secrets: 1,
      settings: [],
    })
    expect(JSON.stringify(made.body)).not.toContain('auth-token')
    const { data } = await svix2.ingest.source.list()
    expect(data).toMatchObject([{ id: made.body.id, type: 'generic-webhook' }])
  })

  it('are listed and read with what they are, by id and uid', async () => {
    const { send } = await setup()
    const { body } = await send('POST', SOURCES, { body: { ...NEW, uid: 'calls' } })
    expect((await send('GET', SOURCES)).body.data).toEqual([body])
    expect((await send('GET', `${SOURCES}/calls`)).body).toEqual(body)
  })

  it('keep what a PATCH leaves out, and change what it names', async () => {
    const { send } = await setup()
    const { body } = await send('POST', SOURCES, { body: NEW })
    const patched = await send('PATCH', `${SOURCES}/${body.id}`, {
      body: { name: 'Texts', options: { rate: 5 }, secrets: ['one', 'two'] },
    })
    const options = { ...body.options, rate: 5 }
    const updatedAt = patched.body.updatedAt
    expect(patched.body).toEqual({ ...body, name: 'Texts', options, secrets: 2, updatedAt })
  })

  it('say how much of what they refuse is kept, by default 1,000 of 1 MB for 7 days', async () => {
    const { send } = await setup()
    const { body } = await send('POST', SOURCES, { body: NEW })
    expect(body.options).toMatchObject({
      quarantineRequests: 1_000,
      quarantineBytes: 1_000_000,
      quarantineDays: 7,
    })
    const options = { quarantineRequests: 200, quarantineBytes: 5_000_000, quarantineDays: 30 }
    const patched = await send('PATCH', `${SOURCES}/${body.id}`, { body: { options } })
    expect(patched.body.options).toEqual({ ...body.options, ...options })
    const more = { options: { quarantineRequests: 201 } }
    expect(await send('PATCH', `${SOURCES}/${body.id}`, { body: more })).toMatchObject({
      status: 422,
      body: { detail: [{ loc: [...OPTIONS, 'quarantineRequests'] }] },
    })
  })

  it('are gone with DELETE, once', async () => {
    const { send } = await setup()
    const { body } = await send('POST', SOURCES, { body: NEW })
    expect((await send('DELETE', `${SOURCES}/${body.id}`)).status).toBe(204)
    expect((await send('DELETE', `${SOURCES}/${body.id}`)).status).toBe(404)
  })

  it.each([
    [{ ...NEW, type: 'nobody' }, ['body', 'type']],
    [{ ...NEW, type: 'locoia' }, ['body', 'type']],
    [{ ...NEW, config: {} }, ['body', 'config', 'secret']],
    [{ ...NEW, secrets: ['another'] }, ['body', 'secrets']],
    [{ ...NEW, options: { rate: 0 } }, ['body', 'options', 'rate']],
    [{ type: 'twilio' }, ['body', 'name']],
    [keeping({ quarantineRequests: 10_001 }), [...OPTIONS, 'quarantineRequests']],
    [keeping({ quarantineRequests: -1 }), [...OPTIONS, 'quarantineRequests']],
    [keeping({ quarantineBytes: 5_000_001 }), [...OPTIONS, 'quarantineBytes']],
    [keeping({ quarantineDays: 31 }), [...OPTIONS, 'quarantineDays']],
    [keeping({ quarantineDays: 0 }), [...OPTIONS, 'quarantineDays']],
    [keeping({ quarantineBytes: 1_000_001 }), [...OPTIONS, 'quarantineRequests']],
    [replying({ status: 101 }), ['body', 'options', 'reply', 'status']],
    [replying({ headers: { 'set-cookie': 'a' } }), [...REPLY_HEADERS, 'set-cookie']],
    [replying({ headers: { 'X-XSS-Protection': '1' } }), [...REPLY_HEADERS, 'X-XSS-Protection']],
    [replying({ headers: { 'Content-Type': 'text/html' } }), [...REPLY_HEADERS, 'Content-Type']],
    [replying({ headers: { etag: 'a\r\nb: c' } }), [...REPLY_HEADERS, 'etag']],
  ])('that can’t work are a 422 at the field: %j', async (body, loc) => {
    const { send } = await setup()
    expect(await send('POST', SOURCES, { body })).toMatchObject({
      status: 422,
      body: { detail: [{ loc }] },
    })
    expect((await send('GET', SOURCES)).body.data).toEqual([])
  })

  it('are made once by one idempotency key, and tell the audit record who did', async () => {
    const { send, core, orgId } = await setup()
    const request = { body: NEW, headers: { 'idempotency-key': 'one' } }
    const first = await send('POST', SOURCES, request)
    expect((await send('POST', SOURCES, request)).body).toEqual(first.body)
    const records = await core.db.prisma.auditRecord.findMany({
      where: { orgId, target: first.body.id },
    })
    expect(records).toMatchObject([{ action: 'source.create' }])
  })

  it('are another organisation’s nothing, and no key’s without the scope', async () => {
    const { send, as, apiKey } = await setup()
    const { body } = await send('POST', SOURCES, { body: NEW })
    const other = await setup()
    expect((await other.send('GET', `${SOURCES}/${body.id}`)).status).toBe(404)
    expect((await other.send('PATCH', `${SOURCES}/${body.id}`, { body: {} })).status).toBe(404)
    const reader = as((await apiKey({ scopes: ['read'] })).text)
    expect((await reader('GET', `${SOURCES}/${body.id}`)).status).toBe(200)
    expect((await reader('DELETE', `${SOURCES}/${body.id}`)).status).toBe(403)
    expect((await as('nobody')('GET', SOURCES)).status).toBe(401)
  })
})
