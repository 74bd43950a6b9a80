import { changePayloadRetention } from '@posthorn/core/staff'
import { ensurePartitions } from '@posthorn/db'
import {
  type MessageSeed,
  seedApplication,
  type SeededApplication,
  seedMessages,
} from '@posthorn/test-kit'
import { describe, expect, it } from 'vitest'
import { forgetOnce } from '../src/maintenance/upkeep.ts'
import { startPipeline } from './pipeline.ts'

const DAY_MS = 86_400_000
const ENVIRONMENT_DAYS = 90

async function setup() {
  const pipeline = await startPipeline()
  // Its own upkeep would come between.
  await pipeline.stopWorker()
  const { core, db, app, scope } = pipeline
  const client = await db.hot.connect()
  await ensurePartitions(client, Date.now() - 28 * DAY_MS)
  client.release()
  const bench = {
    ...pipeline,
    seed: (ageDays: number, seeds: readonly MessageSeed[] = [{}], to: SeededApplication = app) =>
      seedMessages(
        db.hot,
        to,
        seeds.map((seed) => ({ atMs: Date.now() - ageDays * DAY_MS, ...seed })),
      ),
    /** As it is once who chose has confirmed what it takes. */
    keepFor: (days: number | null) =>
      changePayloadRetention({ ...core, environmentDays: ENVIRONMENT_DAYS }, scope, {
        days,
        confirmation: days === null ? null : dayBefore(days),
      }),
    /** Of the minute that is so many days from now. */
    forget: (aheadDays = 0) => {
      const clock = { nowMs: () => core.clock.nowMs() + aheadDays * DAY_MS }
      return forgetOnce({ db, clock, retentionDays: ENVIRONMENT_DAYS })
    },
    /** As when the time of its next look has come. */
    untilNextLook: () =>
      db.hot.query(`UPDATE application_retention SET next_look_at = now() - interval '1 second'`),
    /** Of these messages: those with a payload, or with the bytes that it came in. */
    async keeping(ids: readonly string[]): Promise<string[]> {
      const { rows } = await db.hot.query<{ id: string }>(
        `SELECT id FROM message WHERE id = ANY ($1) AND (payload IS NOT NULL OR original IS NOT NULL) ORDER BY id`,
        [ids],
      )
      return rows.map(({ id }) => id)
    },
  }
  return bench
}

function dayBefore(days: number): string {
  return new Date(Date.now() - days * DAY_MS).toISOString().slice(0, 10)
}

describe("an application's own retention of payloads", () => {
  it('takes what is older, stored before it was chosen, and nothing that is younger, of others or with a time of its own', async () => {
    await using job = await setup()
    const payloadExpiresAt = new Date(Date.now() + 30 * DAY_MS)
    const [old = '', own = ''] = await job.seed(20, [{}, { payloadExpiresAt }])
    const [young = ''] = await job.seed(13)
    const [foreign = ''] = await job.seed(20, [{}], await seedApplication(job.db.hot))
    const published = await job.publish()
    await job.db.hot.query(`UPDATE message SET original = '\\x00' WHERE id = $1`, [old])
    const all = [old, own, young, foreign, published]
    await job.forget()
    expect(await job.keeping(all)).toHaveLength(5)
    await job.keepFor(14)
    await job.forget()
    expect(await job.keeping(all)).toEqual([own, young, foreign, published].toSorted())
    expect(await job.db.prisma.message.count({ where: { id: old } })).toBe(1)
  })

  it('goes on as time does, and holds no more once it is taken back', async () => {
    await using job = await setup()
    const [first = '', second = ''] = [...(await job.seed(13)), ...(await job.seed(11))]
    await job.keepFor(14)
    await job.forget()
    expect(await job.keeping([first, second])).toEqual([first, second])
    await job.untilNextLook()
    await job.forget(2)
    expect(await job.keeping([first, second])).toEqual([second])
    await job.keepFor(null)
    await job.forget(20)
    expect(await job.keeping([first, second])).toEqual([second])
  })

  it('made longer keeps what is still there, made shorter takes it at the next round', async () => {
    await using job = await setup()
    const [gone = '', kept = ''] = [...(await job.seed(20)), ...(await job.seed(10))]
    await job.keepFor(14)
    await job.forget()
    await job.keepFor(30)
    await job.forget()
    expect(await job.keeping([gone, kept])).toEqual([kept])
    await job.keepFor(7)
    await job.forget()
    expect(await job.keeping([gone, kept])).toEqual([])
  })

  it('takes more than one round holds, by two workers at once', async () => {
    await using job = await setup()
    const ids = await job.seed(
      20,
      Array.from({ length: 5_003 }, () => ({})),
    )
    await job.keepFor(14)
    const taken = await Promise.all([job.forget(), job.forget()])
    expect(await job.keeping(ids)).toEqual([])
    expect(taken.reduce((sum, count) => sum + count)).toBe(5_003)
  })
})
