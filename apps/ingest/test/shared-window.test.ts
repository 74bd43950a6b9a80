import { SharedWindow } from '@posthorn/core/ingest'
import { forgetExpired } from '@posthorn/db'
import { expect, it } from 'vitest'
import { startTestIngest } from './test-ingest.ts'

const LIMIT = { name: 'test', calls: 100, windowMs: 600_000 }

/** Two processes' windows over one database, and how to let time go by in it. */
async function setup() {
  const ingest = await startTestIngest()
  const { db } = ingest.core
  const open = (limit = LIMIT) => new SharedWindow(db, limit)
  const all = Array.from({ length: 2 }, () => open())
  return {
    db,
    open,
    take: async (process: number, of = 'a') => all[process % 2]?.take(of),
    takeMany: async (calls: number, of = 'a') =>
      Promise.all(Array.from({ length: calls }, async (_, n) => all[n % 2]?.take(of))),
    /** The oldest of the calls that are known came so much earlier. */
    age: (calls: number, byMs: number) =>
      db.hot.query(
        `UPDATE call_window SET calls = (
           SELECT array_agg(CASE WHEN n <= $1 THEN at - $2::float8 ELSE at END ORDER BY n)
             FROM unnest(calls) WITH ORDINALITY AS c (at, n))`,
        [calls, byMs],
      ),
    [Symbol.asyncDispose]: async () => {
      for (const window of all) await window[Symbol.asyncDispose]()
      await ingest[Symbol.asyncDispose]()
    },
  }
}

function passed(waits: readonly (number | undefined)[]): number {
  return waits.filter((wait) => wait === 0).length
}

it('lets just so many through whichever process they reach, and says how long to wait', async () => {
  await using windows = await setup()
  expect(passed(await windows.takeMany(60))).toBe(60)
  const waits = await windows.takeMany(90)
  expect(passed(waits)).toBe(40)
  for (const wait of waits) {
    expect(wait).toBeGreaterThanOrEqual(0)
    expect(wait).toBeLessThanOrEqual(600)
  }
  expect(Math.max(...waits.map(Number))).toBeGreaterThan(0)
})

it('lets one through for each that is out of the window, and counts none that it refused', async () => {
  await using windows = await setup()
  await windows.takeMany(100)
  await windows.age(30, 300_000)
  expect(passed(await windows.takeMany(50))).toBe(0)
  await windows.age(30, 300_000)
  await using fresh = windows.open()
  const waits = await Promise.all(Array.from({ length: 50 }, () => fresh.take('a')))
  expect(passed(waits)).toBe(30)
})

it('counts each key alone, and each kind of key', async () => {
  await using windows = await setup()
  expect(passed(await windows.takeMany(101))).toBe(100)
  expect(await windows.take(0, 'b')).toBe(0)
  await using other = windows.open({ ...LIMIT, name: 'other' })
  expect(await other.take('a')).toBe(0)
})

it('asks nothing more of the database while a key is full', async () => {
  await using windows = await setup()
  const counted = { queries: 0 }
  const hot = {
    query: (...args: Parameters<typeof windows.db.hot.query>) => {
      counted.queries++
      return windows.db.hot.query(...args)
    },
  }
  // All that a window asks of its database.
  const db = { hot } as unknown as Pick<typeof windows.db, 'hot'>
  await using window = new SharedWindow(db, LIMIT)
  await Promise.all(Array.from({ length: 200 }, () => window.take('a')))
  const before = counted.queries
  for (let n = 0; n < 50; n++) expect(await window.take('a')).toBeGreaterThan(0)
  expect(counted.queries).toBe(before)
})

it('is forgotten once nothing of it counts any more', async () => {
  await using windows = await setup()
  const keys = async () => (await windows.db.hot.query('SELECT key FROM call_window')).rows
  await windows.take(0, 'old')
  await windows.db.hot.query(`UPDATE call_window SET expires_at = now() - interval '1 ms'`)
  await windows.take(0, 'new')
  await forgetExpired(windows.db.hot, { retentionDays: 90, nowMs: Date.now() })
  expect(await keys()).toEqual([{ key: 'test:new' }])
})
