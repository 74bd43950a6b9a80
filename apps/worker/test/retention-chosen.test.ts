import { firstIdAt } from '@posthorn/runtime'
import { seedMessage } from '@posthorn/test-kit'
import { describe, expect, it } from 'vitest'
import { forgetOnce, keepPartitions } from '../src/maintenance/upkeep.ts'
import { startPipeline } from './pipeline.ts'

const DAY_MS = 86_400_000

/** A week that ended 40 days ago, with a message that had an event id. */
async function setup() {
  const pipeline = await startPipeline()
  // Its own upkeep would come between.
  await pipeline.stopWorker()
  const endsAtMs = Date.now() - 40 * DAY_MS
  const bounds = [endsAtMs - 7 * DAY_MS, endsAtMs].map((at) => firstIdAt('msg_', at))
  await pipeline.db.hot.query(
    `CREATE TABLE message_w_old PARTITION OF message FOR VALUES FROM ('${bounds[0]}') TO ('${bounds[1]}')`,
  )
  const messageId = await seedMessage(pipeline.db.hot, pipeline.app, { atMs: endsAtMs - DAY_MS })
  await pipeline.db.prisma.messageEventId.create({
    data: { appId: pipeline.app.appId, eventId: 'evt_old', messageId },
  })
  const choose = (retentionDays: number) =>
    pipeline.db.prisma.installation.upsert({
      where: { id: true },
      create: { retentionDays, changedBy: 'user:test' },
      update: { retentionDays },
    })
  const upkeep = async (retentionDays: number) => {
    const { dropped } = await keepPartitions({ ...pipeline.core, retentionDays })
    await forgetOnce({ ...pipeline.core, retentionDays })
    return dropped.includes('message_w_old')
  }
  const isKnown = async () =>
    (await pipeline.db.prisma.messageEventId.count({ where: { messageId } })) === 1
  return { choose, upkeep, isKnown, [Symbol.asyncDispose]: () => pipeline[Symbol.asyncDispose]() }
}

describe('an event id', () => {
  it('is taken as long as its message is kept, which is until its whole week is past', async () => {
    await using pipeline = await startPipeline()
    await pipeline.stopWorker()
    const id = await pipeline.publish('{}', { eventId: 'evt' })
    const dayAfter = (days: number) => ({ nowMs: () => Date.now() + (30 + days) * DAY_MS })
    const isFreeBy = async (days: number) => {
      await forgetOnce({ ...pipeline.core, retentionDays: 30, clock: dayAfter(days) })
      return (await pipeline.db.prisma.messageEventId.count({ where: { messageId: id } })) === 0
    }
    const daysLeftOfWeek = 7 - ((new Date().getUTCDay() + 6) % 7)
    expect(await isFreeBy(daysLeftOfWeek - 1)).toBe(false)
    expect(await isFreeBy(daysLeftOfWeek)).toBe(true)
  })
})

describe('the retention that owners chose', () => {
  it('is what weeks are dropped by, instead of the environment', async () => {
    await using job = await setup()
    expect(await job.upkeep(90)).toBe(false)
    expect(await job.isKnown()).toBe(true)
    await job.choose(30)
    expect(await job.upkeep(90)).toBe(true)
    expect(await job.isKnown()).toBe(false)
  })

  it('keeps longer than the environment says', async () => {
    await using job = await setup()
    await job.choose(90)
    expect(await job.upkeep(30)).toBe(false)
    expect(await job.isKnown()).toBe(true)
  })
})
