import { createPortalAccess } from '@posthorn/core'
import { describe, expect, it } from 'vitest'
import { type ApiAnswer, sendAs, setupApi } from './api-setup.ts'

const SCHEMA = {
  type: 'object',
  properties: { amount: { type: 'integer' } },
  required: ['amount'],
  examples: [{ amount: 5 }],
}

const namesOf = ({ body }: ApiAnswer): string[] =>
  body.data.map((eventType: { name: string }) => eventType.name)

describe('event types through the SDKs', () => {
  it('live the same life in generation 1', async () => {
    const { svix1 } = await setupApi()
    const body = {
      name: 'invoice.paid',
      description: 'Paid',
      featureFlag: 'beta',
      schemas: { 1: SCHEMA },
    }
    const created = await svix1.eventType.create(body)
    expect(created).toMatchObject({ ...body, archived: false, deprecated: false })
    expect(await svix1.eventType.get('invoice.paid')).toEqual(created)
    const replaced = await svix1.eventType.update('invoice.paid', { description: 'Other' })
    expect(replaced).toMatchObject({ name: 'invoice.paid', description: 'Other' })
    expect(replaced.featureFlag ?? null).toBeNull()
    expect(replaced.schemas ?? null).toBeNull()
    await svix1.eventType.patch('invoice.paid', { deprecated: true })
    const { data, done } = await svix1.eventType.list()
    expect(data).toMatchObject([{ name: 'invoice.paid', description: 'Other', deprecated: true }])
    expect(done).toBe(true)
    await svix1.eventType.delete('invoice.paid', { expunge: true })
    await expect(svix1.eventType.get('invoice.paid')).rejects.toMatchObject({ code: 404 })
  })

  it('live the same life in generation 2', async () => {
    const { svix2 } = await setupApi()
    const body = {
      name: 'invoice.paid',
      description: 'Paid',
      groupName: 'billing',
      featureFlags: ['beta', 'alpha'],
      schemas: { 1: SCHEMA },
    }
    const created = await svix2.eventType.create(body)
    expect(created).toMatchObject(body)
    expect(await svix2.eventType.get('invoice.paid')).toEqual(created)
    await svix2.eventType.upsert('invoice.voided', { description: 'Voided' })
    await svix2.eventType.patch('invoice.voided', { groupName: 'billing' })
    const { data } = await svix2.eventType.list({ withContent: true })
    expect(data.map((eventType) => [eventType.name, eventType.groupName])).toEqual([
      ['invoice.paid', 'billing'],
      ['invoice.voided', 'billing'],
    ])
    await svix2.eventType.delete('invoice.voided')
    expect((await svix2.eventType.get('invoice.voided')).archived).toBe(true)
  })
})

describe('DELETE /event-type/{name}', () => {
  it('archives: the type is left out of lists, and comes back with POST', async () => {
    const { send } = await setupApi()
    const body = { name: 'a.b', description: 'one' }
    await send('POST', '/event-type', { body })
    expect(await send('POST', '/event-type', { body })).toMatchObject({
      status: 409,
      body: { code: 'event_type_exists' },
    })
    expect((await send('DELETE', '/event-type/a.b')).status).toBe(204)
    expect(namesOf(await send('GET', '/event-type'))).toEqual([])
    expect(namesOf(await send('GET', '/event-type?include_archived=true'))).toEqual(['a.b'])
    const again = await send('POST', '/event-type', { body: { ...body, description: 'two' } })
    expect(again).toMatchObject({ status: 201, body: { archived: false, description: 'two' } })
    expect(namesOf(await send('GET', '/event-type'))).toEqual(['a.b'])
  })
})

describe('PUT /event-type/{name}', () => {
  it('creates under the name of the path, whatever the body says', async () => {
    const { send } = await setupApi()
    const put = await send('PUT', '/event-type/a.b', { body: { name: 'other', description: 'x' } })
    expect(put).toMatchObject({ status: 201, body: { name: 'a.b' } })
    expect((await send('PUT', '/event-type/a.b', { body: { description: 'y' } })).status).toBe(200)
  })
})

describe('GET /event-type', () => {
  it('pages by name, and back again', async () => {
    const { send } = await setupApi()
    const names = ['a', 'b.one', 'b_two', 'c']
    for (const name of names.toReversed()) {
      await send('POST', '/event-type', { body: { name, description: '' } })
    }
    const first = await send('GET', '/event-type?limit=3')
    expect([namesOf(first), first.body.done]).toEqual([names.slice(0, 3), false])
    const rest = await send('GET', `/event-type?limit=3&iterator=${first.body.iterator}`)
    expect([namesOf(rest), rest.body.done]).toEqual([names.slice(3), true])
    const back = await send('GET', `/event-type?limit=3&iterator=${rest.body.prevIterator}`)
    expect(namesOf(back)).toEqual(names.slice(0, 3))
  })

  it('leaves the schemas out unless asked', async () => {
    const { send } = await setupApi()
    const body = { name: 'a', description: '', schemas: { 1: SCHEMA } }
    await send('POST', '/event-type', { body })
    expect((await send('GET', '/event-type')).body.data[0].schemas ?? null).toBeNull()
    const full = await send('GET', '/event-type?with_content=true')
    expect(full.body.data[0].schemas).toEqual({ 1: SCHEMA })
  })
})

describe('a schema that cannot be one', () => {
  it.each([
    [{ type: 'objekt' }],
    [{ properties: { a: { minimum: 'x' } } }],
    [{ $ref: 'https://schemas.example.com/a.json' }],
    [{ pattern: '(' }],
  ])('%j is refused, naming the version', async (schema) => {
    const { send } = await setupApi()
    const body = { name: 'a', description: '', schemas: { 7: schema } }
    const { status, body: answer } = await send('POST', '/event-type', { body })
    expect(status).toBe(422)
    expect(answer.detail[0].loc.slice(0, 3)).toEqual(['body', 'schemas', '7'])
    expect((await send('GET', '/event-type/a')).status).toBe(404)
  })

  it.each([
    ['name', 'a b'],
    ['name', 'x'.repeat(257)],
    ['description', 'a\u0000b'],
    ['description', null],
    ['archived', 'yes'],
    ['schemas', []],
    ['featureFlags', ['a b']],
    ['schemaValidation', 'maybe'],
  ])('so is %s %j', async (field, value) => {
    const { send } = await setupApi()
    const body = { name: 'a', description: '', [field]: value }
    const { status, body: answer } = await send('POST', '/event-type', { body })
    expect(status).toBe(422)
    expect(answer.detail[0].loc.slice(0, 2)).toEqual(['body', field])
  })
})

describe('feature flags', () => {
  it('show a portal only the types that are free or that its token opens', async () => {
    const { core, scope, send, url } = await setupApi()
    const { body: app } = await send('POST', '/app', { body: { name: 'One' } })
    for (const [name, featureFlags] of [
      ['free', []],
      ['beta', ['beta']],
      ['other', ['x', 'y']],
    ] as const) {
      await send('POST', '/event-type', { body: { name, description: '', featureFlags } })
    }
    const access = { sessionId: null, expirySeconds: 3600, capabilities: null, latestMs: null }
    const featureFlags = ['beta', 'y']
    const appScope = { ...scope, appId: app.id }
    const opened = sendAs(
      url,
      await createPortalAccess(core, appScope, { ...access, featureFlags }),
    )
    const plain = sendAs(
      url,
      await createPortalAccess(core, appScope, { ...access, featureFlags: [] }),
    )
    expect(namesOf(await opened('GET', '/event-type'))).toEqual(['beta', 'free', 'other'])
    expect(namesOf(await plain('GET', '/event-type'))).toEqual(['free'])
    expect((await plain('GET', '/event-type/beta')).status).toBe(404)
    expect((await opened('GET', '/event-type/beta')).status).toBe(200)
    const body = { name: 'mine', description: '' }
    expect((await plain('POST', '/event-type', { body })).status).toBe(403)
    expect((await plain('DELETE', '/event-type/free')).status).toBe(403)
  })
})

describe("another organisation's event type", () => {
  it('is a 404, and its name is free', async () => {
    const { send } = await setupApi()
    const { send: stranger } = await setupApi()
    const body = { name: 'a', description: 'mine' }
    await send('POST', '/event-type', { body })
    expect((await stranger('GET', '/event-type/a')).status).toBe(404)
    expect((await stranger('PATCH', '/event-type/a', { body: {} })).status).toBe(404)
    expect((await stranger('DELETE', '/event-type/a')).status).toBe(404)
    expect((await stranger('POST', '/event-type', { body })).status).toBe(201)
  })
})
