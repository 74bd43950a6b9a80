import { once } from 'node:events'
import { Agent, request } from 'node:http'
import { connect, createServer, type Socket } from 'node:net'
import { createOrganisationToken } from '@posthorn/core'
import { createLogger, silentLogger } from '@posthorn/runtime'
import { startTestDatabase } from '@posthorn/test-kit'
import { describe, expect, it } from 'vitest'
import { loadApiConfig } from '../src/config.ts'
import { startApi } from '../src/start-api.ts'
import { sendAs } from './api-setup.ts'
import { JWT_SECRET, startTestApi } from './test-api.ts'

const ENV = {
  POSTHORN_MODE: 'production',
  DATABASE_URL: 'postgres://localhost/none',
  POSTHORN_JWT_SECRET: 'x'.repeat(32),
  POSTHORN_ENCRYPTION_KEYS: Buffer.alloc(32).toString('base64'),
}

const SECRET = `whsec_${Buffer.alloc(32, 7).toString('base64')}`

async function setupDatabase() {
  await using stack = new AsyncDisposableStack()
  const database = stack.use(await startTestDatabase())
  const api = stack.use(await startTestApi({ databaseUrl: database.url }))
  const { token } = await createOrganisationToken(api.core, { expiresInSeconds: 3600 })
  const resources = stack.move()
  return {
    ...api,
    databaseUrl: database.url,
    token,
    [Symbol.asyncDispose]: () => resources.disposeAsync(),
  }
}

/** Sits between the api and its database, and can go silent or refuse like one that is gone. */
async function startDatabaseRelay(databaseUrl: string) {
  const target = new URL(databaseUrl)
  const sockets = new Set<Socket>()
  let mode: 'up' | 'silent' | 'down' = 'up'
  const server = createServer((socket) => {
    if (mode === 'down') return void socket.destroy()
    const upstream = connect(Number(target.port), target.hostname)
    for (const end of [socket, upstream]) {
      sockets.add(end)
      end.on('error', () => undefined)
      end.on('close', () => sockets.delete(end))
    }
    if (mode === 'up') socket.pipe(upstream).pipe(socket)
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const address = server.address()
  const url = new URL(databaseUrl)
  url.port = String(typeof address === 'object' ? address?.port : '')
  return {
    url: url.href,
    set(next: typeof mode) {
      mode = next
      for (const socket of sockets) {
        if (mode === 'silent') socket.unpipe().pause()
        else socket.destroy()
      }
    },
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

async function timed<T>(work: PromiseLike<T>): Promise<{ value: T; ms: number }> {
  const startedAt = performance.now()
  return { value: await work, ms: performance.now() - startedAt }
}

describe('stopping', () => {
  it('ends at once beside 100 idle connections, and finishes what is under way', async () => {
    await using database = await setupDatabase()
    const api = await startApi(
      loadApiConfig({
        ...ENV,
        DATABASE_URL: database.databaseUrl,
        HOST: '127.0.0.1',
        PORT: '0',
        POSTHORN_JWT_SECRET: JWT_SECRET,
      }),
      { logger: silentLogger },
    )
    const agent = new Agent({ keepAlive: true, maxSockets: 101 })
    const get = async (path: string) => {
      const sent = request(`${api.url}${path}`, { agent }).end()
      const [res] = await once(sent, 'response')
      res.resume()
      await once(res, 'end')
      return res.statusCode
    }
    await Promise.all(Array.from({ length: 100 }, () => get('/api/v1/health/live')))
    const headers = { authorization: `Bearer ${database.token}`, 'content-length': '14' }
    const underWay = request(`${api.url}/api/v1/app`, { method: 'POST', headers, agent })
    underWay.write('{"name":')
    await get('/api/v1/health/ping')
    const stopped = timed(api[Symbol.asyncDispose]())
    const answered = once(underWay, 'response')
    underWay.end('"One"}')
    const [res] = await answered
    expect(res.statusCode).toBe(201)
    res.resume()
    expect((await stopped).ms).toBeLessThan(5_000)
    await expect(fetch(`${api.url}/api/v1/health/live`)).rejects.toThrow('fetch failed')
    agent.destroy()
  })

  it('does not wait for a request whose body never comes', async () => {
    await using database = await setupDatabase()
    const headers = { authorization: `Bearer ${database.token}`, 'content-length': '14' }
    const hanging = request(`${database.url}/api/v1/app`, { method: 'POST', headers })
    hanging.on('error', () => undefined)
    hanging.write('{"name":')
    await fetch(`${database.url}/api/v1/health/ping`)
    expect((await timed(database[Symbol.asyncDispose]())).ms).toBeLessThan(10_000)
  })
})

describe('a connection that was idle', () => {
  it('is kept for longer than load balancers keep theirs', async () => {
    await using database = await setupDatabase()
    const { headers } = await fetch(`${database.url}/api/v1/health/live`)
    expect(headers.get('keep-alive')).toBe('timeout=75')
  })
})

describe('a database that is away', () => {
  it.each(['down', 'silent'] as const)(
    '(%s) makes requests a 503 soon and readiness false, but not liveness, until it is back',
    { timeout: 60_000 },
    async (mode) => {
      await using database = await setupDatabase()
      await using relay = await startDatabaseRelay(database.databaseUrl)
      await using api = await startTestApi({ databaseUrl: relay.url })
      const send = sendAs(api.url, database.token)
      const body = { name: 'One', uid: 'one' }
      expect((await send('POST', '/app', { body })).status).toBe(201)
      relay.set(mode)
      const pings = [
        timed(send('GET', '/health/live')),
        timed(send('GET', '/health/ping')),
      ] as const
      const answers = await Promise.all([
        timed(send('GET', '/app')),
        timed(send('POST', '/app', { body: { name: 'Two' }, headers: { 'idempotency-key': 'k' } })),
        timed(send('POST', '/app/one/msg', { body: { eventType: 'a', payload: {} } })),
      ])
      const [live, ready] = await Promise.all(pings)
      expect(live.value.status).toBe(204)
      expect(live.ms).toBeLessThan(1_000)
      expect(ready.value.status).toBe(503)
      expect(ready.ms).toBeLessThan(5_000)
      for (const { value, ms } of answers) {
        expect(value).toMatchObject({ status: 503, body: { code: expect.any(String) } })
        expect(value.headers.get('retry-after')).toMatch(/^\d+$/)
        expect(ms).toBeLessThan(20_000)
      }
      relay.set('up')
      const waiting = { timeout: 5_000 }
      await expect.poll(async () => (await send('GET', '/health/ping')).status, waiting).toBe(204)
      await expect
        .poll(async () => (await send('GET', '/app')).status, { timeout: 15_000 })
        .toBe(200)
    },
  )
})

describe('the log', () => {
  it('has one line per request with its ids, and no token, key, secret, header value or payload', async () => {
    await using database = await setupDatabase()
    const lines: string[] = []
    const logger = createLogger({
      name: 'api',
      destination: { write: (line) => void lines.push(line) },
    })
    const env = {
      ...ENV,
      DATABASE_URL: database.databaseUrl,
      HOST: '127.0.0.1',
      PORT: '0',
      POSTHORN_JWT_SECRET: JWT_SECRET,
    }
    await using api = await startApi(loadApiConfig(env), { logger })
    const send = sendAs(api.url, database.token)
    const created = await send('POST', '/app', {
      body: { name: 'One', uid: 'one', metadata: { a: 'sesame' } },
    })
    await send('POST', '/app/one/msg', { body: { eventType: 'a', payload: { a: 'sesame' } } })
    await send('POST', '/app/one/msg?x=sesame', { body: '{"sesame' })
    await send('GET', '/sesame')
    await sendAs(api.url, 'sesame')('GET', '/app')
    await send('GET', '/app?limit=x')
    const endpoint = await send('POST', '/app/one/endpoint', {
      body: {
        url: 'https://ann:sesame@hooks.example.com/a',
        headers: { 'x-key': 'sesame' },
        secret: SECRET,
      },
    })
    const path = `/app/one/endpoint/${endpoint.body.id}`
    await send('PATCH', `${path}/headers`, { body: { headers: { authorization: 'Basic sesame' } } })
    // A row that Postgres refuses: what it says of that holds the row.
    await database.core.db.hot.query(
      `ALTER TABLE message ADD CONSTRAINT refused CHECK (event_type <> 'refused') NOT VALID`,
    )
    await send('POST', '/app/one/msg', { body: { eventType: 'refused', payload: { a: 'sesame' } } })
    const requests = lines
      .map((line) => JSON.parse(line))
      .filter((line) => line.requestId !== undefined)
    const ids = requests.filter((line) => line.msg !== 'http.unexpected')
    expect(ids.map((line) => line.status)).toEqual([201, 202, 422, 404, 401, 422, 201, 204, 500])
    expect(requests).toContainEqual(
      expect.objectContaining({
        msg: 'http.unexpected',
        requestId: ids.at(-1).requestId,
        err: expect.objectContaining({ code: '23514' }),
      }),
    )
    expect(ids[0]).toMatchObject({ requestId: created.headers.get('x-request-id'), method: 'POST' })
    const text = lines.join('')
    for (const secret of ['sesame', SECRET, database.token, JWT_SECRET])
      expect(text).not.toContain(secret)
  })
})

describe('the settings', () => {
  it('are refused with one line for each that is wrong or missing, and never its value', () => {
    const load = () =>
      loadApiConfig({
        PORT: 'http',
        POSTHORN_PUBLIC_URL: 'no url',
        POSTHORN_HTTPS_ONLY: 'maybe',
        POSTHORN_ALLOW_SUBNETS: '10.0.0.0/99',
        POSTHORN_REFUSE_SUBNETS: '10.0.0.0/8,example.com',
        POSTHORN_REFUSE_HOSTS: 'https://a.example',
        POSTHORN_JWT_SECRET: 'short-secret',
      })
    const names = ['PORT', 'POSTHORN_PUBLIC_URL', 'DATABASE_URL', 'POSTHORN_HTTPS_ONLY']
    for (const name of [
      ...names,
      'POSTHORN_ALLOW_SUBNETS',
      'POSTHORN_REFUSE_SUBNETS',
      'POSTHORN_REFUSE_HOSTS',
      'POSTHORN_JWT_SECRET',
      'POSTHORN_ENCRYPTION_KEYS',
    ]) {
      expect(load).toThrow(new RegExp(`^${name}: `, 'm'))
    }
    expect(load).not.toThrow('short-secret')
  })

  it('let production deliver only to public https, and local to this machine', () => {
    expect(loadApiConfig(ENV).urlPolicy).toMatchObject({ httpsOnly: true, allowSubnets: [] })
    const local = loadApiConfig({ ...ENV, POSTHORN_MODE: 'local' })
    expect(local.http.host).toBe('127.0.0.1')
    expect(local.urlPolicy).toMatchObject({ httpsOnly: false, allowSubnets: [expect.anything()] })
  })
})
