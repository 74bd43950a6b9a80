import { startReceiver, waitFor } from '@posthorn/test-kit'
import { describe, expect, it } from 'vitest'
import { type Pipeline, startPipeline } from './pipeline.ts'

const STORED = 20_000
const ENDPOINTS = 2_000
const TRIES = 12

/** Scans of the tables' indexes so far, and what they read. Backends tell it within a second or so. */
async function indexReads({ db }: Pipeline, tables: readonly string[]) {
  const { rows } = await db.hot.query<{ scans: number; entries: number }>(
    `SELECT sum(idx_scan)::int AS scans, sum(idx_tup_read)::int AS entries
       FROM pg_stat_user_indexes WHERE relname = ANY ($1)`,
    [tables],
  )
  return { scans: rows[0]?.scans ?? 0, entries: rows[0]?.entries ?? 0 }
}

async function weekOf({ db }: Pipeline, messageId: string): Promise<string> {
  const { rows } = await db.hot.query<{ week: string }>(
    'SELECT tableoid::regclass::text AS week FROM delivery WHERE message_id = $1',
    [messageId],
  )
  return rows[0]?.week ?? ''
}

/** Delivered ones, of messages that nobody asks for. */
async function storeDeliveries({ db }: Pipeline, like: string): Promise<void> {
  await db.hot.query(
    `INSERT INTO delivery (message_id, endpoint_id, app_id, status, attempt_count)
     SELECT left(message_id, -8) || lpad(n::text, 8, '0'), endpoint_id, app_id, status, attempt_count
       FROM delivery, generate_series(1, $2::int) n WHERE message_id = $1`,
    [like, STORED],
  )
}

async function deliver(pipeline: Pipeline, count: number): Promise<string[]> {
  const ids: string[] = []
  for (let n = 0; n < count; n++) {
    const id = await pipeline.publish()
    await pipeline.untilStatus(id, 'delivered')
    ids.push(id)
  }
  return ids
}

/** Endpoints that get nothing, each of an application of its own. */
async function storeEndpoints({ db }: Pipeline): Promise<void> {
  await db.hot.query(
    `WITH more AS (
       INSERT INTO application (id, org_id, name)
       SELECT 'app_other' || n, org_id, 'Other' FROM (SELECT org_id FROM application LIMIT 1) a, generate_series(1, $1::int) n
       RETURNING id)
     INSERT INTO endpoint_state (endpoint_id, app_id) SELECT replace(id, 'app_', 'ep_'), id FROM more`,
    [ENDPOINTS],
  )
}

/** What the indexes of these tables read for some deliveries, until all of it is told. */
async function readsOfDeliveries(pipeline: Pipeline, tables: readonly string[]): Promise<number> {
  const [week = ''] = tables
  const before = await indexReads(pipeline, tables)
  const { scans } = await indexReads(pipeline, [week])
  await deliver(pipeline, TRIES)
  await waitFor('the reads of some deliveries', async () => {
    await deliver(pipeline, 1)
    return (await indexReads(pipeline, [week])).scans >= scans + 2 * TRIES
  })
  return (await indexReads(pipeline, tables)).entries - before.entries
}

describe.each([
  { arrangement: 'together', rate: null },
  { arrangement: 'together', rate: 1_000 },
  { arrangement: 'postgres', rate: null },
] as const)('a statement keeps its plan ($arrangement, limit: $rate)', ({ arrangement, rate }) => {
  it('and reads no more of a week once it is full, though planned while it was empty', async () => {
    await using receiver = await startReceiver()
    await using pipeline = await startPipeline({ arrangement })
    await pipeline.addEndpoint(receiver.url, rate === null ? {} : { rate })
    const [first = ''] = await deliver(pipeline, 1)
    const week = await weekOf(pipeline, first)
    // Its statistics would have the statements planned again, sooner or later.
    await pipeline.db.hot.query(`ALTER TABLE ${week} SET (autovacuum_enabled = off)`)
    await deliver(pipeline, TRIES)
    await storeDeliveries(pipeline, first)
    expect(await readsOfDeliveries(pipeline, [week])).toBeLessThan(STORED)
  })

  it('and looks each endpoint up once there are many, though planned while there was one', async () => {
    await using receiver = await startReceiver()
    await using pipeline = await startPipeline({ arrangement })
    await pipeline.addEndpoint(receiver.url, rate === null ? {} : { rate })
    const [first = ''] = await deliver(pipeline, 1)
    const tables = [await weekOf(pipeline, first), 'endpoint_state', 'application']
    for (const table of tables)
      await pipeline.db.hot.query(`ALTER TABLE ${table} SET (autovacuum_enabled = off)`)
    await pipeline.db.hot.query(`VACUUM ANALYZE ${tables.join(', ')}`)
    await deliver(pipeline, TRIES)
    await storeEndpoints(pipeline)
    await storeDeliveries(pipeline, first)
    expect(await readsOfDeliveries(pipeline, tables)).toBeLessThan(ENDPOINTS)
  })
})
