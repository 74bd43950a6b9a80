import { setTimeout as pause } from 'node:timers/promises'
import { type PostgresRelay, startPostgresRelay, waitFor } from '@posthorn/test-kit'
import { expect, it } from 'vitest'
import { startPipeline } from './pipeline.ts'

const WATCHED_SECONDS = 3
const MOST_PER_SECOND = 8

it('a worker with nothing to do asks its database at most eight times a second, its queue included', async () => {
  await using stack = new AsyncDisposableStack()
  let relay: PostgresRelay | undefined
  const pipeline = stack.use(
    await startPipeline({
      async reach(url) {
        relay = stack.use(await startPostgresRelay(url))
        return relay.url
      },
    }),
  )
  // By the second one it has done what a start brings with it.
  const beats = new Set<number>()
  await waitFor('two signs of life', async () => {
    const { rows } = await pipeline.db.hot.query<{ seen_at: Date }>('SELECT seen_at FROM worker')
    for (const { seen_at } of rows) beats.add(seen_at.getTime())
    return beats.size === 2
  })
  const before = relay?.asked ?? Infinity
  await pause(WATCHED_SECONDS * 1_000)
  expect((relay?.asked ?? Infinity) - before).toBeLessThanOrEqual(WATCHED_SECONDS * MOST_PER_SECOND)
})
