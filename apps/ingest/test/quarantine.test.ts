import { DEFAULT_OPTIONS, patchSource, type SourceOptions } from '@posthorn/core'
import { type Database, forgetExpired } from '@posthorn/db'
import { newId } from '@posthorn/runtime'
import { waitFor } from '@posthorn/test-kit'
import { describe, expect, it } from 'vitest'
import { startTestIngest } from './test-ingest.ts'

const DAY_MS = 86_400_000

/** A source whose senders don't know its secret. */
async function setup(options: Partial<SourceOptions> = {}) {
  const ingest = await startTestIngest()
  const source = await ingest.source({
    type: 'github',
    secrets: ['s'],
    options: { ...DEFAULT_OPTIONS, ...options },
  })
  const { core, scope } = ingest
  return {
    ...ingest,
    source,
    patch: (changed: Partial<SourceOptions>) =>
      patchSource(core, scope, { idOrUid: source.id, fields: { options: changed } }),
    forget: () => forgetExpired(core.db.hot, { retentionDays: 90, nowMs: core.clock.nowMs() }),
    /** Requests that came so long ago, the oldest first. */
    async keep(count: number, agoMs: number) {
      const receivedAt = new Date(Date.now() - agoMs)
      const shown = { reason: 'wrong_signature', detail: '', method: 'POST', path: '', address: '' }
      const whole = { ...shown, request: Buffer.from(''), body: Buffer.from('old'), receivedAt }
      await core.db.prisma.quarantinedRequest.createMany({
        data: Array.from({ length: count }, () => {
          return { ...whole, sourceId: source.id, id: newId('srcreq_', receivedAt.getTime()) }
        }),
      })
    },
    bodies: async () =>
      (await source.quarantined()).map(({ body }) => Buffer.from(body).toString()),
  }
}

const REFUSED = 20

/** As in production, a commit waits for the disk unless it says otherwise; what doesn't is written out within ten seconds. */
async function makeDurable(db: Database): Promise<void> {
  const { rows } = await db.hot.query<{ name: string }>('SELECT current_database() AS name')
  await db.hot.query(`ALTER SYSTEM SET wal_writer_delay = '10s'`)
  await db.hot.query('SELECT pg_reload_conf()')
  await db.hot.query(`ALTER DATABASE ${rows[0]?.name} SET synchronous_commit = 'on'`)
  // For sessions from now on.
  await db.hot.query(
    `SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity
      WHERE datname = current_database() AND pid <> pg_backend_pid()`,
  )
}

async function isLogWrittenOut(db: Database): Promise<boolean> {
  const { rows } = await db.hot.query<{ isOut: boolean }>(
    'SELECT pg_current_wal_flush_lsn() >= pg_current_wal_insert_lsn() AS "isOut"',
  )
  return rows[0]?.isOut === true
}

describe('what a source refuses', () => {
  it('is recorded without a wait for the disk, behind which accepted ones would wait', async () => {
    await using kept = await setup({ quarantineRequests: 1 })
    const { db } = kept.core
    await makeDurable(db)
    await waitFor('new sessions', async () => (await kept.source.send('{}')).status === 401)
    let unwritten = 0
    for (let n = 0; n < REFUSED; n++) {
      expect((await kept.source.send('{}')).status).toBe(401)
      if (!(await isLogWrittenOut(db))) unwritten++
    }
    expect(unwritten).toBeGreaterThan(REFUSED / 2)
    expect(await kept.bodies()).toEqual(['{}'])
  })

  it('is kept with a body of 1 MB at most, unless the source says otherwise', async () => {
    await using kept = await setup()
    const { source } = kept
    await source.send(Buffer.alloc(1_000_000, 'a'))
    const tooBig = await source.send(Buffer.alloc(1_000_001, 'b'))
    expect(tooBig.status).toBe(401)
    expect((await kept.bodies()).map((body) => body.length)).toEqual([1_000_000])
    const outcomes = (await source.requests()).map(({ outcome }) => outcome)
    expect(outcomes).toEqual(['quarantined', 'refused'])
  })

  it('is kept with a body as big as the source says', async () => {
    await using kept = await setup({ quarantineBytes: 3_000_000, quarantineRequests: 100 })
    await kept.source.send(Buffer.alloc(3_000_000, 'a'))
    await kept.source.send(Buffer.alloc(3_000_001, 'b'))
    expect((await kept.bodies()).map((body) => body.length)).toEqual([3_000_000])
  })

  it('is kept a thousand times, the newest, unless the source says otherwise', async () => {
    await using kept = await setup()
    await kept.keep(1_000, DAY_MS)
    await kept.source.send('new')
    const bodies = await kept.bodies()
    expect([bodies.length, bodies.at(-1)]).toEqual([1_000, 'new'])
  })

  it('is kept as often as the source says, and not at all by its choice', async () => {
    await using kept = await setup({ quarantineRequests: 3 })
    const { source } = kept
    for (const body of ['1', '2', '3', '4', '5']) await source.send(body)
    expect(await kept.bodies()).toEqual(['3', '4', '5'])
    await kept.patch({ quarantineRequests: 2 })
    expect(await kept.bodies()).toEqual(['4', '5'])
    await kept.patch({ quarantineRequests: 0 })
    expect(await kept.bodies()).toEqual([])
    await using none = await setup({ quarantineRequests: 0 })
    expect((await none.source.send('{}')).status).toBe(401)
    expect(await none.source.quarantined()).toEqual([])
    expect(await none.source.requests()).toMatchObject([{ outcome: 'refused' }])
  })

  it('is kept for 7 days, unless the source says otherwise: then what is kept already, too', async () => {
    await using kept = await setup()
    await kept.keep(1, 3 * DAY_MS)
    await kept.source.send('new')
    const lastsDays = async () =>
      (await kept.source.quarantined()).map(
        ({ receivedAt, expiresAt }) => (expiresAt.getTime() - receivedAt.getTime()) / DAY_MS,
      )
    await kept.patch({ quarantineDays: 4 })
    await kept.forget()
    expect(await lastsDays()).toEqual([4, 4])
    await kept.patch({ quarantineDays: 7 })
    await kept.source.send('newer')
    expect(await lastsDays()).toEqual([7, 7, 7])
    await kept.patch({ quarantineDays: 2 })
    await kept.forget()
    expect(await kept.bodies()).toEqual(['new', 'newer'])
  })
})
