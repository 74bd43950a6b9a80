import { startReceiver, waitFor } from '@posthorn/test-kit'
import { describe, expect, it } from 'vitest'
import { type Pipeline, startPipeline } from './pipeline.ts'

const STORED = 20_000
const TRIES = 12

/** Scans of the week's delivery indexes so far, and what they read. Backends tell it within a second or so. */
async function indexReads({ db }: Pipeline, week: string) {
  const { rows } = await db.hot.query<{ scans: number; entries: number }>(
    `SELECT sum(idx_scan)::int AS scans, sum(idx_tup_read)::int AS entries
       FROM pg_stat_user_indexes WHERE relname = $1`,
    [week],
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

describe('statements that were planned while their week was empty', () => {
  it.each(['together', 'postgres'] as const)(
    'read no more of it once it is full (%s)',
    async (arrangement) => {
      await using receiver = await startReceiver()
      await using pipeline = await startPipeline({ arrangement })
      await pipeline.addEndpoint(receiver.url)
      const [first = ''] = await deliver(pipeline, 1)
      const week = await weekOf(pipeline, first)
      // Its statistics would have the statements planned again, sooner or later.
      await pipeline.db.hot.query(`ALTER TABLE ${week} SET (autovacuum_enabled = off)`)
      await deliver(pipeline, TRIES)
      await storeDeliveries(pipeline, first)
      const before = await indexReads(pipeline, week)
      let after = before
      await waitFor('the reads of some deliveries', async () => {
        await deliver(pipeline, 1)
        after = await indexReads(pipeline, week)
        return after.scans >= before.scans + 2 * TRIES
      })
      expect(after.entries - before.entries).toBeLessThan(STORED)
    },
  )
})
