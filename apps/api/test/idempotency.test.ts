import { describe, expect, it } from 'vitest'
import { sendAs, setupApi } from './api-setup.ts'
import { startTestApi } from './test-api.ts'

const keyed = (key: string, body: unknown) => ({ headers: { 'idempotency-key': key }, body })

describe('a POST with an idempotency key', () => {
  it('has one effect and one answer, however often and however at once it comes', async () => {
    const { send } = await setupApi()
    const answers = await Promise.all(
      Array.from({ length: 50 }, () => send('POST', '/app', keyed('k1', { name: 'One' }))),
    )
    expect(answers.map((answer) => answer.status)).toEqual(Array(50).fill(201))
    expect(new Set(answers.map((answer) => answer.body.id)).size).toBe(1)
    expect((await send('GET', '/app')).body.data).toHaveLength(1)
  })

  it('gets its answer from any process, long after the one that gave it is gone', async () => {
    const { databaseUrl, send, token } = await setupApi()
    const first = await send('POST', '/app', keyed('k1', { name: 'One' }))
    await using other = await startTestApi({ databaseUrl })
    const again = await sendAs(other.url, token)('POST', '/app', keyed('k1', { name: 'One' }))
    expect(again).toMatchObject({ status: 201, body: first.body })
  })

  it('is a 409 when it comes with another body', async () => {
    const { send } = await setupApi()
    await send('POST', '/app', keyed('k1', { name: 'One' }))
    expect(await send('POST', '/app', keyed('k1', { name: 'Two' }))).toMatchObject({
      status: 409,
      body: { code: 'idempotency_key_reused' },
    })
  })

  it('may be made again after it was refused', async () => {
    const { send } = await setupApi()
    await send('POST', '/app', { body: { name: 'One', uid: 'one' } })
    const body = { name: 'Again', uid: 'one' }
    expect((await send('POST', '/app', keyed('k1', body))).status).toBe(409)
    expect((await send('POST', '/app', keyed('k1', { name: '' }))).status).toBe(422)
    await send('DELETE', '/app/one')
    expect((await send('POST', '/app', keyed('k1', body))).status).toBe(201)
  })

  it('stands for itself in each organisation, on each path and with each query', async () => {
    const { send } = await setupApi()
    const { send: stranger } = await setupApi()
    const body = { name: 'One', description: '' }
    const ids = new Set<string>()
    for (const [who, path] of [
      [send, '/app'],
      [stranger, '/app'],
      [send, '/app?get_if_exists=false'],
    ] as const) {
      ids.add((await who('POST', path, keyed('k1', body))).body.id)
    }
    expect(ids.size).toBe(3)
    expect((await send('POST', '/event-type', keyed('k1', body))).status).toBe(201)
  })

  it('answers without a body again, too', async () => {
    const { send } = await setupApi()
    await send('POST', '/app', { body: { name: 'One', uid: 'one' } })
    const path = '/auth/app/one/expire-all'
    for (let n = 0; n < 2; n++) expect((await send('POST', path, keyed('k1', {}))).status).toBe(204)
  })

  it.each(['x'.repeat(257), 'a b', 'é', ''])(
    'whose key is %j is a 422 that names the header',
    async (key) => {
      const { send } = await setupApi()
      const { status, body } = await send('POST', '/app', keyed(key, { name: 'One' }))
      expect(status).toBe(422)
      expect(body.detail).toMatchObject([{ loc: ['header', 'idempotency-key'] }])
      expect((await send('GET', '/app')).body.data).toEqual([])
    },
  )

  it('keeps its answer encrypted, and forgets it after twelve hours', async () => {
    const { core, send } = await setupApi()
    await send('POST', '/app', { body: { name: 'One', uid: 'one' } })
    const path = '/auth/app-portal-access/one'
    const first = await send('POST', path, keyed('k1', {}))
    const rows = await core.db.prisma.idempotencyKey.findMany()
    for (const row of rows) {
      expect(Buffer.from(row.response ?? []).toString('latin1')).not.toContain(first.body.token)
    }
    expect((await send('POST', path, keyed('k1', {}))).body.token).toBe(first.body.token)
    await core.db.prisma
      .$executeRaw`UPDATE idempotency_key SET created_at = now() - interval '12 hours 1 second'`
    expect((await send('POST', path, keyed('k1', {}))).body.token).not.toBe(first.body.token)
  })

  it('leaves no key behind when the effect cannot be stored', async () => {
    const { core, send } = await setupApi()
    await core.db.prisma.$executeRaw`
      CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'no'; END $$`
    await core.db.prisma.$executeRaw`
      CREATE TRIGGER refuse BEFORE INSERT ON audit_record FOR EACH ROW EXECUTE FUNCTION refuse()`
    const failed = await send('POST', '/app', keyed('k1', { name: 'One' }))
    expect([failed.status, failed.body]).toEqual([500, {}])
    await core.db.prisma.$executeRaw`DROP TRIGGER refuse ON audit_record`
    expect((await send('GET', '/app')).body.data).toEqual([])
    expect((await send('POST', '/app', keyed('k1', { name: 'One' }))).status).toBe(201)
  })
})

describe('send-example with an idempotency key', () => {
  async function setupExample() {
    const bench = await setupApi()
    await bench.send('POST', '/app', { body: { name: 'One', uid: 'one' } })
    const body = { url: 'https://hooks.example.com/a', uid: 'a' }
    await bench.send('POST', '/app/one/endpoint', { body })
    const example = (key: string) =>
      bench.send('POST', '/app/one/endpoint/a/send-example', keyed(key, { eventType: 'svix.ping' }))
    const listed = async (): Promise<string[]> => {
      const { body: page } = await bench.send('GET', '/app/one/msg')
      return page.data.map((message: { id: string }) => message.id)
    }
    return { ...bench, example, listed }
  }

  it('is one message, however often it comes', async () => {
    const { example, listed } = await setupExample()
    const answers = await Promise.all(Array.from({ length: 30 }, () => example('k1')))
    expect(answers.map((answer) => answer.status)).toEqual(Array(30).fill(202))
    expect(new Set(answers.map((answer) => answer.body.id))).toEqual(new Set(await listed()))
    expect(await listed()).toHaveLength(1)
  })

  it('commits with its answer, or leaves nothing behind', async () => {
    const { core, example, listed } = await setupExample()
    await core.db.prisma.$executeRaw`
      CREATE FUNCTION lose() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'no'; END $$`
    await core.db.prisma.$executeRaw`
      CREATE TRIGGER lose BEFORE UPDATE ON idempotency_key FOR EACH ROW EXECUTE FUNCTION lose()`
    expect((await example('k1')).status).toBe(500)
    await core.db.prisma.$executeRaw`DROP TRIGGER lose ON idempotency_key`
    expect(await listed()).toEqual([])
    const sent = await example('k1')
    expect(sent.status).toBe(202)
    expect((await example('k1')).body).toEqual(sent.body)
    expect(await listed()).toEqual([sent.body.id])
  })
})
