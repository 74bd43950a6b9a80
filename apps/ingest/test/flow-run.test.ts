import { silentLogger } from '@posthorn/runtime'
import { waitFor } from '@posthorn/test-kit'
import { loadWorkerConfig, startWorker } from '@posthorn/worker'
import { expect, it } from 'vitest'
import { setupFlow } from './flow-setup.ts'
import { ingestEnv } from './test-ingest.ts'

/** Within which a run begins. */
const RUN_MS = 45_000

it('has an async run due within 45 seconds of its answer, and a worker that nobody told of it begins it then', async () => {
  await using flow = await setupFlow({ mode: 'async' })
  const receiver = await flow.endpoint(flow.flow.appId)
  expect(await flow.call()).toHaveProperty('status', 200)
  // The queue's: what its job doesn't bring by then is due.
  const [lease] = await flow.core.db.prisma.lease.findMany()
  expect(lease?.expiresAt.getTime()).toBeLessThanOrEqual(flow.core.clock.nowMs() + RUN_MS)
  expect(receiver.requests).toEqual([])
  await using _ = await startWorker(loadWorkerConfig(ingestEnv(flow.databaseUrl)), {
    logger: silentLogger,
  })
  await waitFor('the run', () => receiver.requests.length > 0, RUN_MS)
})
