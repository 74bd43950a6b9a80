import { describe, expect, it } from 'vitest'
import { sendAs, setupApi } from './api-setup.ts'
import { startTestApi } from './test-api.ts'

describe('applications through the SDKs', () => {
  it('live the same life in generation 1', async () => {
    const { svix1 } = await setupApi()
    const created = await svix1.application.create({
      name: 'One',
      uid: 'one',
      rateLimit: 5,
      metadata: { plan: 'pro' },
    })
    expect(created).toMatchObject({
      name: 'One',
      uid: 'one',
      throttleRate: 5,
      metadata: { plan: 'pro' },
    })
    expect(await svix1.application.get('one')).toEqual(created)
    const replaced = await svix1.application.update('one', { name: 'Two' })
    expect(replaced).toMatchObject({ id: created.id, name: 'Two', metadata: {} })
    expect(replaced.uid ?? null).toBeNull()
    const patched = await svix1.application.patch(created.id, { uid: 'two' })
    expect(patched).toMatchObject({ id: created.id, name: 'Two', uid: 'two' })
    await svix1.application.delete('two')
    await expect(svix1.application.get(created.id)).rejects.toMatchObject({ code: 404 })
  })

  it('live the same life in generation 2', async () => {
    const { svix2 } = await setupApi()
    const created = await svix2.application.create({ name: 'One', uid: 'one', throttleRate: 5 })
    expect(await svix2.application.get(created.id)).toEqual(created)
    const replaced = await svix2.application.upsert('one', { name: 'Two', uid: 'one' })
    expect(replaced).toMatchObject({ id: created.id, name: 'Two', uid: 'one' })
    expect(replaced.throttleRate ?? null).toBeNull()
    await svix2.application.patch('one', { metadata: { a: 'b' } })
    const { data, done } = await svix2.application.list()
    expect(data).toEqual([await svix2.application.get('one')])
    expect(done).toBe(true)
    await svix2.application.delete('one')
    expect((await svix2.application.list()).data).toEqual([])
  })

  it('getOrCreate answers the first one again', async () => {
    const { svix1, svix2 } = await setupApi()
    const first = await svix1.application.getOrCreate({ name: 'One', uid: 'one' })
    const again = await svix2.application.getOrCreate({ name: 'Other', uid: 'one' })
    expect(again).toMatchObject({ id: first.id, name: 'One' })
  })

  it('hand over which field was wrong', async () => {
    const { svix1, svix2 } = await setupApi()
    const body = { name: 'One', uid: 'with space' }
    const fault = { code: 422, body: { detail: [{ loc: ['body', 'uid'], type: 'value_error' }] } }
    await expect(svix1.application.create(body)).rejects.toMatchObject(fault)
    await expect(svix2.application.create(body)).rejects.toMatchObject(fault)
  })
})

describe('POST /app', () => {
  it('answers 201 for a new one, 200 for one that get_if_exists found, 409 else', async () => {
    const { send } = await setupApi()
    const body = { name: 'One', uid: 'one' }
    expect((await send('POST', '/app', { body })).status).toBe(201)
    expect((await send('POST', '/app?get_if_exists=true', { body })).status).toBe(200)
    expect(await send('POST', '/app', { body })).toMatchObject({
      status: 409,
      body: { code: 'conflict', detail: 'An application with that id or uid already exists' },
    })
  })

  it('lets one of 50 at once over two apis have the uid', async () => {
    const { databaseUrl, send, token } = await setupApi()
    await using other = await startTestApi({ databaseUrl })
    const sends = [send, sendAs(other.url, token)] as const
    const create = (n: number) =>
      sends[n % 2 === 0 ? 0 : 1]('POST', '/app', { body: { name: 'One', uid: 'one' } })
    const answers = await Promise.all(Array.from({ length: 50 }, (_, n) => create(n)))
    const statuses = answers.map(({ status }) => status)
    expect(statuses.filter((status) => status === 201)).toHaveLength(1)
    expect(statuses.filter((status) => status === 409)).toHaveLength(49)
  })

  it.each([
    [{}, ['body', 'name']],
    [{ name: '' }, ['body', 'name']],
    [{ name: 'a\u0000b' }, ['body', 'name']],
    [{ name: '\ud800' }, ['body', 'name']],
    [{ name: 5 }, ['body', 'name']],
    [{ name: 'x', uid: 'app_x' }, ['body', 'uid']],
    [{ name: 'x', uid: '' }, ['body', 'uid']],
    [{ name: 'x', uid: 'é' }, ['body', 'uid']],
    [{ name: 'x', uid: '..' }, ['body', 'uid']],
    [{ name: 'x', uid: 'u'.repeat(257) }, ['body', 'uid']],
    [{ name: 'x', throttleRate: 0 }, ['body', 'throttleRate']],
    [{ name: 'x', throttleRate: 1.5 }, ['body', 'throttleRate']],
    [{ name: 'x', throttleRate: 1e10 }, ['body', 'throttleRate']],
    [{ name: 'x', throttleRate: '5' }, ['body', 'throttleRate']],
    [{ name: 'x', metadata: { a: 1 } }, ['body', 'metadata', 'a']],
    [{ name: 'x', metadata: { a: 'x'.repeat(5000) } }, ['body', 'metadata']],
  ])('refuses %j and names the field', async (body, loc) => {
    const { send } = await setupApi()
    const { status, body: answer } = await send('POST', '/app', { body })
    expect(status).toBe(422)
    expect(answer.detail[0]).toEqual({ loc, msg: expect.any(String), type: expect.any(String) })
  })

  it('keeps words that are special to JavaScript as the data they are', async () => {
    const { send } = await setupApi()
    const metadata = { constructor: 'a', toString: 'b' }
    const { body } = await send('POST', '/app', {
      body: { name: '__proto__', uid: 'constructor', metadata },
    })
    const read = await send('GET', '/app/constructor')
    expect(read.body).toMatchObject({ id: body.id, name: '__proto__', metadata })
  })
})

describe('PUT and PATCH /app/{id}', () => {
  it('create under an unknown name, without taking it for the uid', async () => {
    const { send } = await setupApi()
    const put = await send('PUT', '/app/unknown', { body: { name: 'One' } })
    expect(put).toMatchObject({ status: 201, body: { name: 'One' } })
    expect((await send('GET', '/app/unknown')).status).toBe(404)
    expect((await send('PATCH', '/app/unknown', { body: { name: 'x' } })).status).toBe(404)
  })

  it('refuse a uid that another application has, also when they race for it', async () => {
    const { send } = await setupApi()
    await send('POST', '/app', { body: { name: 'One', uid: 'one' } })
    const two = await send('POST', '/app', { body: { name: 'Two', uid: 'two' } })
    const three = await send('POST', '/app', { body: { name: 'Three' } })
    expect((await send('PATCH', '/app/two', { body: { uid: 'one' } })).status).toBe(409)
    expect((await send('PUT', '/app/two', { body: { name: 'x', uid: 'one' } })).status).toBe(409)
    const patches = Array.from({ length: 10 }, (_, n) =>
      send('PATCH', `/app/${(n % 2 === 0 ? two : three).body.id}`, { body: { uid: 'wanted' } }),
    )
    const statuses = (await Promise.all(patches)).map((answer) => answer.status)
    expect(new Set(statuses)).toEqual(new Set([200, 409]))
  })

  it('takes rate 0 for no limit in a PATCH, and null clears the uid', async () => {
    const { send } = await setupApi()
    await send('POST', '/app', { body: { name: 'One', uid: 'one', throttleRate: 5 } })
    const { body } = await send('PATCH', '/app/one', { body: { throttleRate: 0, uid: null } })
    expect(body).toMatchObject({ throttleRate: null })
    expect((await send('GET', '/app/one')).status).toBe(404)
  })

  it('hands a changed limit on to the endpoints that have none of their own', async () => {
    const { core, send } = await setupApi()
    const { body: app } = await send('POST', '/app', { body: { name: 'One' } })
    const url = 'https://hooks.example.com/a'
    const path = `/app/${app.id}/endpoint`
    const { body: follower } = await send('POST', path, { body: { url } })
    const { body: own } = await send('POST', path, { body: { url, throttleRate: 3 } })
    await send('PATCH', `/app/${app.id}`, { body: { throttleRate: 7 } })
    const state = (endpointId: string) =>
      core.db.prisma.endpointState.findUnique({ where: { endpointId } })
    expect(await state(follower.id)).toMatchObject({
      rate: 7,
      lane: true,
      nextTurnAt: expect.any(Date),
    })
    expect(await state(own.id)).toMatchObject({ rate: 3 })
  })

  it('grows the version that every publish verifies', async () => {
    const { core, send } = await setupApi()
    const { body: app } = await send('POST', '/app', { body: { name: 'One' } })
    const version = async () =>
      (await core.db.prisma.application.findUniqueOrThrow({ where: { id: app.id } })).version
    const before = await version()
    await send('PATCH', `/app/${app.id}`, { body: { name: 'Two' } })
    expect(await version()).toBeGreaterThan(before)
  })
})

describe('DELETE /app/{id}', () => {
  it('frees the uid at once and ends the endpoints', async () => {
    const { send } = await setupApi()
    const { body: app } = await send('POST', '/app', { body: { name: 'One', uid: 'one' } })
    await send('POST', '/app/one/endpoint', { body: { url: 'https://hooks.example.com/a' } })
    expect((await send('DELETE', '/app/one')).status).toBe(204)
    expect((await send('DELETE', `/app/${app.id}`)).status).toBe(404)
    expect((await send('GET', `/app/${app.id}/endpoint`)).status).toBe(404)
    expect((await send('POST', '/app', { body: { name: 'New', uid: 'one' } })).status).toBe(201)
    expect((await send('GET', '/app/one/endpoint')).body.data).toEqual([])
  })
})

describe('GET /app', () => {
  it('pages in both orders and back again', async () => {
    const { send } = await setupApi()
    const ids: string[] = []
    for (const name of ['a', 'b', 'c', 'd', 'e']) {
      ids.push((await send('POST', '/app', { body: { name } })).body.id)
    }
    const idsOf = (body: { data: { id: string }[] }) => body.data.map((app) => app.id)
    const first = (await send('GET', '/app?limit=2')).body
    expect([idsOf(first), first.done]).toEqual([ids.slice(0, 2), false])
    const second = (await send('GET', `/app?limit=2&iterator=${first.iterator}`)).body
    expect([idsOf(second), second.done]).toEqual([ids.slice(2, 4), false])
    const third = (await send('GET', `/app?limit=2&iterator=${second.iterator}`)).body
    expect([idsOf(third), third.done]).toEqual([ids.slice(4), true])
    const back = (await send('GET', `/app?limit=2&iterator=${second.prevIterator}`)).body
    expect(idsOf(back)).toEqual(ids.slice(0, 2))
    const newest = (await send('GET', '/app?limit=2&order=descending')).body
    expect(idsOf(newest)).toEqual(ids.slice(3).toReversed())
    expect((await send('GET', '/app?limit=0')).body).toMatchObject({ data: [], done: false })
  })

  it('leaves out applications by their endpoints', async () => {
    const { send } = await setupApi()
    await send('POST', '/app', { body: { name: 'bare' } })
    const hook = 'https://hooks.example.com/a'
    for (const [name, disabled, url] of [
      ['whole', false, hook],
      ['sick', true, hook],
      ['trying', false, 'https://play.svix.com/in/e_1/'],
    ] as const) {
      await send('POST', '/app', { body: { name, uid: name } })
      await send('POST', `/app/${name}/endpoint`, { body: { url, disabled } })
    }
    const names = async (query: string) =>
      (await send('GET', `/app?${query}`)).body.data.map((app: { name: string }) => app.name)
    const [none, disabled, play] = ['no', 'disabled', 'svix_play'].map(
      (what) => `exclude_apps_with_${what}_endpoints=true`,
    )
    expect(await names(`${none}`)).toEqual(['whole', 'sick', 'trying'])
    expect(await names(`${disabled}`)).toEqual(['bare', 'whole', 'trying'])
    expect(await names(`${play}`)).toEqual(['bare', 'whole', 'sick'])
    expect(await names(`${none}&${disabled}&${play}`)).toEqual(['whole'])
  })

  it.each([
    'limit=-1',
    'limit=251',
    'limit=1e9',
    'limit=abc',
    'limit=0x10',
    'limit=1&limit=2',
    'iterator=msg_000000000000000000000000000',
    'iterator=app_zzzzzzzzzzzzzzzzzzzzzzzzzzz',
    'iterator=app_!',
    'iterator=%00',
    'order=up',
  ])('refuses ?%s and names the parameter', async (query) => {
    const { send } = await setupApi()
    const { status, body } = await send('GET', `/app?${query}`)
    expect(status).toBe(422)
    expect(body.detail[0].loc).toEqual(['query', query.split('=')[0]])
  })
})
