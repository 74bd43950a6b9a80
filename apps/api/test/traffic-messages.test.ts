import { inTransaction, preferIndexes } from '@posthorn/db'
import { messageCountSql } from '@posthorn/db/message-count'
import { seedEndpoint, seedMessages } from '@posthorn/test-kit'
import { describe, expect, it } from 'vitest'
import { setupReading } from './reading-setup.ts'

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS

async function setup() {
  const bench = await setupReading()
  const traffic = async (query: string) => (await bench.get(`/traffic?${query}`)).body
  const seed = (ages: readonly number[]) => {
    const now = Date.now()
    const seeds = ages.map((ageMs) => ({ atMs: now - ageMs }))
    return seedMessages(bench.pool, bench.app, seeds)
  }
  return { ...bench, traffic, seed }
}

describe('the messages of a period', () => {
  it('are those that the application published in it, whether or not anybody took them', async () => {
    const { traffic, seed } = await setup()
    const stranger = await setup()
    await stranger.seed([1_000])
    await seed([1_000, 2_000, 5 * HOUR_MS, 3 * DAY_MS, 20 * DAY_MS])
    const counts = []
    for (const period of ['1h', '24h', '7d', '28d'])
      counts.push((await traffic(`period=${period}`)).messages)
    const exactly = (count: number) => ({ count, isCapped: false })
    expect(counts).toEqual([2, 3, 4, 5].map(exactly))
  })

  it('are those of a time of its own, to the hour', async () => {
    const { traffic, seed } = await setup()
    await seed([1_000, 26 * HOUR_MS, 30 * HOUR_MS, 3 * DAY_MS])
    const at = (ageMs: number) => new Date(Date.now() - ageMs).toISOString()
    const { messages } = await traffic(`since=${at(2 * DAY_MS)}&until=${at(DAY_MS)}`)
    expect(messages).toEqual({ count: 2, isCapped: false })
  })

  it('are counted to 10,000', async () => {
    const { traffic, seed } = await setup()
    await seed(Array.from({ length: 10_000 }, (_, n) => 1_000 + n))
    expect((await traffic('period=1h')).messages).toEqual({ count: 10_000, isCapped: false })
    await seed([1_000])
    expect((await traffic('period=1h')).messages).toEqual({ count: 10_000, isCapped: true })
  })

  it('are not told where it is narrowed: an endpoint has deliveries', async () => {
    const { traffic, seed, pool, app } = await setup()
    await seed([1_000])
    const endpoint = await seedEndpoint(pool, app)
    for (const narrowed of [`endpoint=${endpoint}`, 'event_type=invoice.paid'])
      expect((await traffic(narrowed)).messages).toBeNull()
  })

  it('cost a walk of the primary key alone, however many there are', async () => {
    const { seed, app, db } = await setup()
    await seed(Array.from({ length: 2_000 }, (_, n) => n * 1_000))
    const asked = { appId: app.appId, after: 'msg_', atMost: 500 }
    const { text, values } = messageCountSql(asked)
    const lines = await inTransaction(db, async (tx) => {
      await preferIndexes(tx)
      return tx.$queryRawUnsafe<{ 'QUERY PLAN': string }[]>(`EXPLAIN ${text}`, ...values)
    })
    const plan = lines.map((line) => line['QUERY PLAN']).join('\n')
    expect(plan).toContain('Index Only Scan Backward')
    expect(plan).not.toMatch(/\bSort\b(?! Key)|Bitmap|Seq Scan/)
  })
})
