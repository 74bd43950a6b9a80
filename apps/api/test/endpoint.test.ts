import { describe, expect, it } from 'vitest'
import { setupEndpoints } from './endpoint-setup.ts'

const URL_A = 'https://hooks.example.com/a'

describe.each(['svix1', 'svix2'] as const)('endpoints through %s', (generation) => {
  it('creates, reads, lists, replaces, changes and deletes', async () => {
    const bench = await setupEndpoints()
    const { appId } = bench
    const sdk = bench.sdk(generation)

    const created = await sdk.create(appId, {
      url: 'https://HOOKS.example.com',
      description: 'first',
      uid: 'crm',
      eventTypes: ['invoice.paid'],
      channels: ['eu'],
      throttleRate: 5,
      metadata: { plan: 'gold' },
    })
    expect(created).toMatchObject({
      url: 'https://hooks.example.com/',
      description: 'first',
      uid: 'crm',
      disabled: false,
      eventTypes: ['invoice.paid'],
      channels: ['eu'],
      throttleRate: 5,
      metadata: { plan: 'gold' },
    })
    expect(created.id).toMatch(/^ep_[0-9A-Za-z]{27}$/)
    expect(await sdk.get(appId, 'crm')).toEqual(created)
    expect((await sdk.list(appId)).data).toEqual([created])

    const patched = await sdk.patch(appId, created.id, { description: 'second', throttleRate: 0 })
    expect(patched).toMatchObject({ description: 'second', uid: 'crm', throttleRate: null })
    expect(patched.updatedAt.getTime()).toBeGreaterThan(created.updatedAt.getTime())

    const replaced = await sdk.put(appId, created.id, { url: URL_A })
    expect(replaced).toMatchObject({ id: created.id, url: URL_A, description: '', metadata: {} })
    expect(replaced.uid ?? null).toBeNull()
    expect(replaced.eventTypes).toBeNull()
    expect(replaced.channels).toBeNull()

    await sdk.delete(appId, created.id)
    await expect(sdk.get(appId, created.id)).rejects.toMatchObject({ code: 404 })
    expect((await sdk.list(appId)).data).toEqual([])
  })

  it('pages both ways, newest first unless asked otherwise', async () => {
    const bench = await setupEndpoints()
    const { appId } = bench
    const sdk = bench.sdk(generation)
    const ids = []
    for (const name of ['a', 'b', 'c'])
      ids.push((await sdk.create(appId, { url: URL_A, uid: name })).id)

    const first = await sdk.list(appId, { limit: 2 })
    expect(first.data.map((endpoint) => endpoint.uid)).toEqual(['c', 'b'])
    expect(first.done).toBe(false)
    const second = await sdk.list(appId, { limit: 2, iterator: first.iterator ?? '' })
    expect(second.data.map((endpoint) => endpoint.uid)).toEqual(['a'])
    expect(second.done).toBe(true)
    const back = await sdk.list(appId, { limit: 2, iterator: second.prevIterator ?? '' })
    expect(back.data).toEqual(first.data)
    const ascending = await bench.request('GET', `/app/${appId}/endpoint?order=ascending`)
    expect(ascending.body.data.map((endpoint: { id: string }) => endpoint.id)).toEqual(ids)
  })
})

describe('PUT of an endpoint that is not there', () => {
  it('creates it with 201, under an id of its own', async () => {
    const bench = await setupEndpoints()
    const path = `/app/${bench.appId}/endpoint/crm`
    const created = await bench.request('PUT', path, { url: URL_A, uid: 'crm' })
    expect(created.status).toBe(201)
    const again = await bench.request('PUT', path, { url: URL_A, uid: 'crm', description: 'x' })
    expect(again.status).toBe(200)
    expect(again.body).toMatchObject({ id: created.body.id, description: 'x' })
  })
})

describe('a filter', () => {
  it.each(['eventTypes', 'channels', 'filterTypes'])(
    '%s: [] means the same as null: no filter',
    async (field) => {
      const bench = await setupEndpoints()
      const { status, body } = await bench.createRaw({ url: URL_A, [field]: [] })
      expect(status).toBe(201)
      expect(body[field]).toBeNull()
    },
  )

  it('names event types that exist and are not archived', async () => {
    const bench = await setupEndpoints()
    for (const name of ['nobody.knows', 'archived.type']) {
      const { status, body } = await bench.createRaw({
        url: URL_A,
        eventTypes: ['invoice.paid', name],
      })
      expect(status).toBe(422)
      expect(body.detail).toMatchObject([
        { loc: ['body', 'eventTypes'], msg: `The following event types don't exist: ${name}` },
      ])
    }
  })
})

describe('names of both SDK generations', () => {
  it('agree in every answer', async () => {
    const bench = await setupEndpoints()
    const { body } = await bench.createRaw({
      url: URL_A,
      rateLimit: 7,
      filterTypes: ['invoice.paid'],
    })
    expect(body).toMatchObject({
      rateLimit: 7,
      throttleRate: 7,
      filterTypes: ['invoice.paid'],
      eventTypes: ['invoice.paid'],
    })
  })
})

describe('a uid', () => {
  it('belongs to one endpoint of its application, and is free again once that is deleted', async () => {
    const bench = await setupEndpoints()
    const first = await bench.createRaw({ url: URL_A, uid: 'crm' })
    const taken = await bench.createRaw({ url: URL_A, uid: 'crm' })
    expect(taken).toMatchObject({ status: 409, body: { code: 'conflict' } })
    expect((await bench.createRaw({ url: URL_A, uid: 'crm' }, bench.siblingAppId)).status).toBe(201)
    await bench.request('DELETE', `/app/${bench.appId}/endpoint/${first.body.id}`)
    expect((await bench.createRaw({ url: URL_A, uid: 'crm' })).status).toBe(201)
  })

  it('goes to exactly one of 20 creates at once', async () => {
    const bench = await setupEndpoints()
    const all = await Promise.all(
      Array.from({ length: 20 }, () => bench.createRaw({ url: URL_A, uid: 'x' })),
    )
    expect(all.filter(({ status }) => status === 201)).toHaveLength(1)
    expect(all.filter(({ status }) => status === 409)).toHaveLength(19)
  })

  it.each(['ep_x', 'a/b', 'é', '', 'a'.repeat(257), '.', '..', 'a\0', '\ud800'])(
    'refuses %j',
    async (uid) => {
      const bench = await setupEndpoints()
      const { status, body } = await bench.createRaw({ url: URL_A, uid })
      expect(status).toBe(422)
      expect(body.detail[0].loc).toEqual(['body', 'uid'])
    },
  )
})

describe('what an endpoint can not be', () => {
  it.each([
    ['throttleRate', 0],
    ['throttleRate', 1.5],
    ['throttleRate', 1e10],
    ['throttleRate', '5'],
    ['description', null],
    ['description', 'a\0b'],
    ['disabled', null],
    ['metadata', { a: 1 }],
    ['metadata', { a: 'x'.repeat(4096) }],
    ['channels', Array.from({ length: 11 }, (_, index) => `c${index}`)],
    ['url', undefined],
    ['url', 5],
  ])('%s %j is a 422 that names it', async (field, value) => {
    const bench = await setupEndpoints()
    const { status, body } = await bench.createRaw({ url: URL_A, [field]: value })
    expect(status).toBe(422)
    expect(body.detail[0].loc.slice(0, 2)).toEqual(['body', field])
  })
})
