import { once } from 'node:events'
import { createServer } from 'node:net'
import { announceChange, type Change, listenForChanges, revokeApiKey } from '@posthorn/core'
import { inTransaction } from '@posthorn/db'
import { describe, expect, it } from 'vitest'
import { sendAs, setupApi } from './api-setup.ts'
import { startTestApi } from './test-api.ts'

type Core = Awaited<ReturnType<typeof setupApi>>['core']

async function listen(core: Core, directUrl: string) {
  const heard: Change[] = []
  const counts = { gaps: 0, errors: 0 }
  const listener = listenForChanges({
    directUrl,
    onChange: (change) => void heard.push(change),
    onGap: () => void counts.gaps++,
    onError: () => void counts.errors++,
  })
  await expect.poll(() => countListeners(core)).toBeGreaterThan(1)
  return { heard, counts, [Symbol.asyncDispose]: () => listener[Symbol.asyncDispose]() }
}

async function countListeners(core: Core): Promise<number> {
  const { rows } = await core.db.hot.query(
    `SELECT FROM pg_stat_activity WHERE query = 'LISTEN posthorn'`,
  )
  return rows.length
}

async function killListeners(core: Core): Promise<void> {
  await core.db.hot.query(
    `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'posthorn listen'`,
  )
}

function announce(core: Core, change: Change): Promise<void> {
  return inTransaction(core.db, (tx) => announceChange(tx, change))
}

describe('a change', () => {
  it('is heard once it is committed, and not when it is rolled back', async () => {
    const { core, databaseUrl } = await setupApi()
    await using channel = await listen(core, databaseUrl)
    const rolledBack = inTransaction(core.db, async (tx) => {
      await announceChange(tx, { kind: 'principal', orgId: 'org_never' })
      throw new Error('rolled back')
    })
    await expect(rolledBack).rejects.toThrow('rolled back')
    await announce(core, { kind: 'event_type', orgId: 'org_x', name: 'a' })
    await expect
      .poll(() => channel.heard)
      .toEqual([{ kind: 'event_type', orgId: 'org_x', name: 'a' }])
  })

  it('of a kind that this version does not know counts as any', async () => {
    const { core, databaseUrl } = await setupApi()
    await using channel = await listen(core, databaseUrl)
    for (const payload of ['{"kind":"unheard_of"}', 'no json', 'null']) {
      await core.db.hot.query(`SELECT pg_notify('posthorn', $1)`, [payload])
    }
    await expect.poll(() => channel.counts.gaps).toBe(3)
  })

  it('is heard again after the connection broke, and the gap is told', async () => {
    const { core, databaseUrl } = await setupApi()
    await using channel = await listen(core, databaseUrl)
    await killListeners(core)
    await expect.poll(() => channel.counts, { timeout: 10_000 }).toEqual({ gaps: 1, errors: 1 })
    await announce(core, { kind: 'principal', orgId: 'org_x' })
    await expect.poll(() => channel.heard).toEqual([{ kind: 'principal', orgId: 'org_x' }])
  })
})

describe('a channel that is refused', () => {
  it('is asked for again ever more seldom, and complained about once a second at most', async () => {
    const askedAtMs: number[] = []
    const server = createServer((socket) => {
      askedAtMs.push(performance.now())
      socket.destroy()
    }).listen(0, '127.0.0.1')
    await once(server, 'listening')
    const address = server.address()
    const port = typeof address === 'object' ? address?.port : 0
    let errors = 0
    const listener = listenForChanges({
      directUrl: `postgres://nobody@127.0.0.1:${port}/none`,
      onChange: () => undefined,
      onGap: () => undefined,
      onError: () => void errors++,
    })
    await expect.poll(() => askedAtMs.length, { timeout: 10_000 }).toBeGreaterThanOrEqual(3)
    await listener[Symbol.asyncDispose]()
    server.close()
    const [first = 0, , third = 0] = askedAtMs
    expect(third - first).toBeGreaterThan(1_000)
    expect(errors).toBeLessThanOrEqual(2)
  })
})

describe('an endpoint disabled by one process', () => {
  it('gets nothing that another one, whose channel is dead, is given to publish', async () => {
    const { databaseUrl, send, token } = await setupApi()
    const deaf = Object.assign(new URL(databaseUrl), { pathname: '/postgres' })
    const env = { DATABASE_DIRECT_URL: deaf.href }
    await using other = await startTestApi({ databaseUrl, env })
    await send('POST', '/app', { body: { name: 'One', uid: 'one' } })
    const body = { url: 'https://hooks.example.com/a', uid: 'a' }
    await send('POST', '/app/one/endpoint', { body })
    const message = { body: { eventType: 'a.b', payload: {} } }
    const publish = async () =>
      (await sendAs(other.url, token)('POST', '/app/one/msg', message)).body.unmatched
    expect(await publish()).toBeNull()
    await send('PATCH', '/app/one/endpoint/a', { body: { disabled: true } })
    expect(await publish()).toBe('disabled')
  })
})

describe('a revoked key', () => {
  it('is refused by every process within 5 s, also by one whose channel is dead', async () => {
    const { apiKey, core, databaseUrl, scope, url } = await setupApi()
    // Listens where nothing is ever announced.
    const deaf = new URL(databaseUrl)
    deaf.pathname = '/postgres'
    const env = { DATABASE_DIRECT_URL: deaf.href }
    await using other = await startTestApi({ databaseUrl, env })
    const { apiKey: row, text } = await apiKey()
    const statuses = () =>
      Promise.all(
        [url, other.url].map(async (api) => (await sendAs(api, text)('GET', '/app')).status),
      )
    expect(await statuses()).toEqual([200, 200])
    await revokeApiKey(core, scope, row.id)
    await expect.poll(statuses, { timeout: 5_000 }).toEqual([401, 401])
  })
})
