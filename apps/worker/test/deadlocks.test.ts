import {
  createApplication,
  deleteApplication,
  deleteEndpoint,
  disableEndpoint,
  expungeMessageContent,
  patchEndpoint,
  purgeApplicationContent,
  recoverEndpoint,
} from '@posthorn/core'
import { startReceiver, waitFor } from '@posthorn/test-kit'
import { describe, expect, it } from 'vitest'
import { createPipelineRows } from './pipeline-rows.ts'
import { type Pipeline, startPipeline } from './pipeline.ts'

const ENDPOINTS = 20
const MESSAGES = 250

async function countDeadlocks({ db }: Pipeline): Promise<number> {
  const { rows } = await db.hot.query<{ deadlocks: number }>(
    `SELECT deadlocks::int AS deadlocks FROM pg_stat_database WHERE datname = current_database()`,
  )
  return rows[0]?.deadlocks ?? -1
}

/** An application of its own, with an endpoint and messages under way. */
async function createBusyApplication({ core, app, addPublisher, scope }: Pipeline, url: string) {
  const fields = { name: 'x', uid: null, throttleRate: null, metadata: {} }
  const { application } = await createApplication(core, scope, { fields, getIfExists: false })
  const busy = { ...app, appId: application.id }
  await createPipelineRows({ ...core, app: busy }).addEndpoint(url)
  const publish = addPublisher(busy)
  await Promise.all(Array.from({ length: 10 }, () => publish()))
  return { ...scope, appId: application.id }
}

interface Meddling {
  readonly url: string
  readonly endpointIds: readonly string[]
  readonly round: number
}

/** What people do to endpoints meanwhile, round after round. */
async function meddle(pipeline: Pipeline, { url, endpointIds, round }: Meddling) {
  const { core, scope } = pipeline
  const ctx = { ...core, disableAfterSeconds: 432_000 }
  const at = (n: number): string => endpointIds[(round * 7 + n) % endpointIds.length] ?? ''
  const since = new Date(core.clock.nowMs() - 3_600_000)
  const extra = await createBusyApplication(pipeline, url)
  await Promise.all([
    recoverEndpoint(core, scope, { idOrUid: at(0), since, until: null }),
    patchEndpoint(ctx, scope, { idOrUid: at(1), fields: { description: `n${round}` } }),
    patchEndpoint(ctx, scope, { idOrUid: at(2), fields: { throttleRate: 500 + round } }),
    patchEndpoint(ctx, scope, { idOrUid: at(3), fields: { disabled: true } }).then(() =>
      patchEndpoint(ctx, scope, { idOrUid: at(3), fields: { disabled: false } }),
    ),
    purgeApplicationContent(core, extra),
    deleteApplication(core, scope, extra.appId),
  ])
}

async function countPending({ db }: Pipeline): Promise<number> {
  const { rows } = await db.hot.query<{ count: number }>(
    `SELECT count(*)::int AS count FROM delivery WHERE status = 'pending'`,
  )
  return rows[0]?.count ?? -1
}

describe('publishing, delivering, recovering, changing and expunging at once', () => {
  it('never waits in a circle', { timeout: 120_000 }, async () => {
    const env = { POSTHORN_RETRY_SCHEDULE: '0.5,0.5', POSTHORN_BREAKER_AFTER: '0' }
    await using pipeline = await startPipeline({ env, arrangement: 'postgres' })
    await pipeline.startAnotherWorker()
    await using receiver = await startReceiver()
    receiver.replies(
      500,
      ...Array.from({ length: 1_000 }, (_, n) => (n % 2 === 0 ? 200 : 500)),
      200,
    )
    const endpointIds: string[] = []
    for (let n = 0; n < ENDPOINTS; n++) endpointIds.push(await pipeline.addEndpoint(receiver.url))
    const publishers = [pipeline.publish, pipeline.addPublisher()]
    const published: string[] = []
    const publishing = publishers.map(async (publish) => {
      for (let n = 0; n < MESSAGES / 25; n++) {
        const batch = Array.from({ length: 25 }, () => publish())
        published.push(...(await Promise.all(batch)))
      }
    })
    let isDone = false
    const meddling = (async () => {
      for (let round = 0; !isDone; round++) {
        await meddle(pipeline, { url: receiver.url, endpointIds, round })
        const [old] = published
        if (old !== undefined) await expungeMessageContent(pipeline.core, pipeline.scope, old)
      }
    })()
    await Promise.all(publishing)
    isDone = true
    await meddling
    expect(published).toHaveLength(2 * MESSAGES)
    const { core, scope } = pipeline
    await Promise.all([
      disableEndpoint(core, scope, { endpointId: endpointIds[0] ?? '', by: 'staff' }),
      ...endpointIds.slice(1, 4).map((id) => deleteEndpoint(core, scope, id)),
    ])
    await waitFor('all of them', async () => (await countPending(pipeline)) === 0, 60_000)
    expect(await countDeadlocks(pipeline)).toBe(0)
  })
})
