import { createOrganisationToken } from '@posthorn/core'
import { startPostgresRelay, startTestServer } from '@posthorn/test-kit'
import { afterAll, describe, expect, it } from 'vitest'
import { type ApiAnswer, sendAs } from './api-setup.ts'
import { startTestApi } from './test-api.ts'

const MESSAGE = { eventType: 'a.b', payload: { text: 'the-answer-is-lost' } }

const server = startTestServer()
afterAll(async () => (await server)[Symbol.asyncDispose]())

/** An api whose database can fail, with one application. */
async function setup() {
  await using stack = new AsyncDisposableStack()
  const database = await (await server).cloneDatabase()
  const relay = stack.use(await startPostgresRelay(database.url))
  const api = stack.use(await startTestApi({ databaseUrl: relay.url }))
  const { url } = api
  const { token } = await createOrganisationToken(api.core, { expiresInSeconds: 3600 })
  const send = sendAs(api.url, token)
  await send('POST', '/app', { body: { name: 'One', uid: 'one' } })
  const resources = stack.move()
  return {
    url,
    db: api.core.db,
    relay,
    send,
    publish: (key?: string) =>
      send('POST', '/app/one/msg', {
        body: MESSAGE,
        ...(key !== undefined && { headers: { 'idempotency-key': key } }),
      }),
    countMessages: async (): Promise<number> =>
      (await send('GET', '/app/one/msg')).body.data.length,
    [Symbol.asyncDispose]: () => resources.disposeAsync(),
  }
}

function expectTryAgain(answer: ApiAnswer): void {
  expect(answer).toMatchObject({ status: 503, body: { code: expect.any(String) } })
  expect(answer.headers.get('retry-after')).toMatch(/^\d+$/)
}

const isUp = async ({ send }: { send: ReturnType<typeof sendAs> }): Promise<number> =>
  (await send('GET', '/app')).status

describe('a commit whose answer is lost', () => {
  it('is no 202, and the publish made again with its key is the same message', async () => {
    await using bundle = await setup()
    const lost = bundle.relay.loseAnswerTo('the-answer-is-lost')
    expectTryAgain(await bundle.publish('k'))
    await lost
    const again = await bundle.publish('k')
    expect(again.status).toBe(202)
    expect((await bundle.publish('k')).body.id).toBe(again.body.id)
    expect(await bundle.countMessages()).toBe(1)
  })

  it('of any other POST is answered the second time as it would have been the first', async () => {
    await using bundle = await setup()
    const create = () =>
      bundle.send('POST', '/app', {
        body: { name: 'Two' },
        headers: { 'idempotency-key': 'two' },
      })
    const lost = bundle.relay.loseAnswerTo('COMMIT')
    expectTryAgain(await create())
    await lost
    const again = await create()
    expect(again.status).toBe(201)
    expect((await create()).body.id).toBe(again.body.id)
    expect((await bundle.send('GET', '/app')).body.data).toHaveLength(2)
  })
})

describe('a database that', () => {
  it.each([
    ['recovers from a crash', 'recovering'],
    ['has no connection left', 'full'],
  ] as const)('%s makes requests a 503 until it is over', async (_name, mode) => {
    await using bundle = await setup()
    bundle.relay.set(mode)
    const { send } = bundle
    const [list, message, ready, live] = await Promise.all([
      send('GET', '/app'),
      bundle.publish(),
      send('GET', '/health/ping'),
      send('GET', '/health/live'),
    ])
    expectTryAgain(list)
    expectTryAgain(message)
    expect([ready.status, live.status]).toEqual([503, 204])
    bundle.relay.set('up')
    await expect.poll(() => isUp(bundle), { timeout: 15_000 }).toBe(200)
    expect((await bundle.publish()).status).toBe(202)
    expect(await bundle.countMessages()).toBe(1)
  })
})

describe('a disk of the database that is full', () => {
  it('makes what would store a 503 and stores nothing, lets reads go on, and heals by itself', async () => {
    await using bundle = await setup()
    const { db, send } = bundle
    expect((await bundle.publish()).status).toBe(202)
    // What Postgres says when it can't make a file longer.
    await db.hot.query(`
      CREATE FUNCTION fill() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
        RAISE 'could not extend file: No space left on device' USING ERRCODE = 'disk_full';
      END $$`)
    for (const table of ['message', 'application'])
      await db.hot.query(
        `CREATE TRIGGER full_disk BEFORE INSERT ON ${table} EXECUTE FUNCTION fill()`,
      )
    const refused = [await bundle.publish('k'), await send('POST', '/app', { body: { name: 'B' } })]
    for (const answer of refused) {
      expectTryAgain(answer)
      expect(JSON.stringify(answer.body)).not.toMatch(/extend|device/)
    }
    expect(await bundle.countMessages()).toBe(1)
    await db.hot.query('DROP FUNCTION fill CASCADE')
    expect((await bundle.publish('k')).status).toBe(202)
    expect(await bundle.countMessages()).toBe(2)
  })
})

describe('a disk of the database that is slow to keep a commit', () => {
  it('has nothing answered before that, and delays nothing else', async () => {
    await using bundle = await setup()
    const { db, send } = bundle
    // It runs within COMMIT, and ends when the disk is done: when the lock is free.
    await db.hot.query(`
      CREATE FUNCTION keep() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
        PERFORM pg_advisory_xact_lock(1);
        RETURN NULL;
      END $$`)
    await db.hot.query(
      `CREATE CONSTRAINT TRIGGER slow_disk AFTER INSERT ON message_event_id
       DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION keep()`,
    )
    const disk = await db.hot.connect()
    await disk.query('SELECT pg_advisory_lock(1)')
    const answers: number[] = []
    const body = { ...MESSAGE, eventId: 'slow' }
    const published = send('POST', '/app/one/msg', { body }).then(({ status }) =>
      answers.push(status),
    )
    const waiting = `SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND NOT granted`
    await expect.poll(async () => (await disk.query(waiting)).rowCount).toBe(1)
    expect((await send('GET', '/app')).status).toBe(200)
    expect(await bundle.countMessages()).toBe(0)
    expect(answers).toEqual([])
    await disk.query('SELECT pg_advisory_unlock(1)')
    disk.release()
    await published
    expect(answers).toEqual([202])
    expect(await bundle.countMessages()).toBe(1)
  })
})

describe('a table that somebody locks', () => {
  it('makes what needs it a 503 and lets the rest go on, until it is free', async () => {
    await using bundle = await setup()
    expect((await bundle.publish()).status).toBe(202)
    const locker = await bundle.db.hot.connect()
    await locker.query('BEGIN')
    await locker.query('LOCK TABLE message IN ACCESS EXCLUSIVE MODE')
    const [refused, other] = await Promise.all([bundle.publish(), bundle.send('GET', '/app')])
    expectTryAgain(refused)
    expect(other.status).toBe(200)
    await locker.query('ROLLBACK')
    locker.release()
    expect((await bundle.publish()).status).toBe(202)
    expect(await bundle.countMessages()).toBe(2)
  })

  it('leaves the api its connections while pages are asked for whose looks wait for it', async () => {
    await using bundle = await setup()
    const locker = await bundle.db.hot.connect()
    await locker.query('BEGIN')
    await locker.query('LOCK TABLE application IN ACCESS EXCLUSIVE MODE')
    const pages = Array.from({ length: 40 }, async (_none, number) => {
      const { status } = await fetch(`${bundle.url}/login?app=app_${10_000_000 + number}`)
      return status
    })
    const other = await bundle.send('GET', '/event-type')
    const statuses = new Set(await Promise.all(pages))
    const { rows: waiting } = await locker.query(
      `SELECT FROM pg_stat_activity WHERE application_name = 'posthorn api'
        AND wait_event_type = 'Lock' AND datname = current_database()`,
    )
    await locker.query('ROLLBACK')
    locker.release()
    expect(other.status).toBe(200)
    expect([...statuses]).toEqual([200])
    expect(waiting).toHaveLength(2)
  })
})
