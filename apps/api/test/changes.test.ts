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
