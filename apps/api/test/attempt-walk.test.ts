import { seedAttempts, seedDeliveries, seedEndpoint, seedMessages } from '@posthorn/test-kit'
import { describe, expect, it } from 'vitest'
import { type ReadingBench, setupReading } from './reading-setup.ts'

const DAY_MS = 86_400_000
const COUNT = 50
const LIMIT = 7

/** 50 messages over three weeks, delivered in vain. */
async function seedPast(bench: ReadingBench) {
  const endpointId = await seedEndpoint(bench.pool, bench.app)
  const atMs = (n: number) => Date.now() - 21 * DAY_MS + (n * 20 * DAY_MS) / COUNT
  const seeds = Array.from({ length: COUNT }, (_, n) => ({ atMs: atMs(n) }))
  const messageIds = await seedMessages(bench.pool, bench.app, seeds)
  const rows = messageIds.map((messageId) => ({ messageId, endpointId }))
  await seedDeliveries(
    bench.pool,
    bench.app,
    rows.map((row) => ({ ...row, status: 'failed' })),
  )
  const attempts = rows.map((row, n) => ({ ...row, atMs: atMs(n), responseStatus: 500 }))
  const attemptIds = await seedAttempts(bench.pool, bench.app, attempts)
  return { endpointId, messageIds, attemptIds }
}

/** An old message is retried and a new one published, as they are between two pages. */
async function moveOn(bench: ReadingBench, past: Awaited<ReturnType<typeof seedPast>>, n: number) {
  const { endpointId } = past
  const [fresh = ''] = await seedMessages(bench.pool, bench.app, [{}])
  await seedDeliveries(bench.pool, bench.app, [{ messageId: fresh, endpointId }])
  const old = past.messageIds[n % COUNT] ?? ''
  await seedAttempts(bench.pool, bench.app, [
    { messageId: old, endpointId, number: 2 },
    { messageId: fresh, endpointId },
  ])
  await bench.pool.query(`UPDATE delivery SET status = 'delivered' WHERE message_id = $1`, [old])
}

describe.each(['attempts', 'messages'] as const)(
  '%s by endpoint, walked while others come',
  (kind) => {
    it('show every row that was there at the start once, forwards and back again', async () => {
      await using bench = await setupReading()
      const past = await seedPast(bench)
      const path =
        kind === 'attempts'
          ? `/attempt/endpoint/${past.endpointId}`
          : `/endpoint/${past.endpointId}/msg`
      const expected = (kind === 'attempts' ? past.attemptIds : past.messageIds).toReversed()
      const old = new Set(expected)

      let moved = 0
      const read = async (iterator: string | null) => {
        const query = iterator === null ? '' : `&iterator=${iterator}`
        const { body } = await bench.get(`${path}?limit=${LIMIT}${query}`)
        await moveOn(bench, past, moved++)
        return { ...body, ids: body.data.map((one: { id: string }) => one.id) }
      }
      const forwards = [await read(null)]
      while (!forwards.at(-1).done) forwards.push(await read(forwards.at(-1).iterator))
      expect(forwards.flatMap((page) => page.ids)).toEqual(expected)

      const backwards = [await read(forwards.at(-1).prevIterator)]
      while (!backwards.at(-1).done) backwards.push(await read(backwards.at(-1).prevIterator))
      const pages = forwards.slice(0, -1).map((page) => page.ids)
      expect(backwards.slice(0, pages.length).map((page) => page.ids)).toEqual(pages.toReversed())
      const again = backwards.flatMap((page) => page.ids.toReversed())
      expect(new Set(again).size).toBe(again.length)
      expect(again.filter((id) => old.has(id)).length).toBe(
        expected.length - (COUNT % LIMIT || LIMIT),
      )
    })
  },
)
