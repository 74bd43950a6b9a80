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
import { type Receiver, startReceiver, waitFor } from '@posthorn/test-kit'
import { expect } from 'vitest'
import { createPipelineRows } from './pipeline-rows.ts'
import { type Pipeline, startPipeline } from './pipeline.ts'

const ENDPOINTS = 20
const BATCH = 25

export interface Crowd {
  /** Each with connections and caches of its own. */
  readonly publishers: number
  readonly workers: number
  readonly messages: number
  readonly withinMs: number
}

/** Of what comes next every other fails; of what comes after that, nothing. */
function failHalf(receiver: Receiver): void {
  receiver.replies(500, ...Array.from({ length: 1_000 }, (_, n) => (n % 2 === 0 ? 200 : 500)), 200)
}

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

/** All that writes, at once, on the same few endpoints; half of what is sent meanwhile fails. */
export async function expectNoDeadlock(crowd: Crowd): Promise<void> {
  const env = { POSTHORN_RETRY_SCHEDULE: '0.5,0.5', POSTHORN_BREAKER_AFTER: '0' }
  await using pipeline = await startPipeline({ env, arrangement: 'postgres' })
  for (let n = 1; n < crowd.workers; n++) await pipeline.startAnotherWorker()
  await using receiver = await startReceiver()
  failHalf(receiver)
  const endpointIds: string[] = []
  for (let n = 0; n < ENDPOINTS; n++) endpointIds.push(await pipeline.addEndpoint(receiver.url))
  const others = Array.from({ length: crowd.publishers - 1 }, () => pipeline.addPublisher())
  const published: string[] = []
  const publishing = [pipeline.publish, ...others].map(async (publish) => {
    for (let n = 0; n < crowd.messages / crowd.publishers / BATCH; n++) {
      const batch = Array.from({ length: BATCH }, () => publish())
      published.push(...(await Promise.all(batch)))
    }
  })
  let isDone = false
  const meddling = (async () => {
    for (let round = 0; !isDone; round++) {
      failHalf(receiver)
      await meddle(pipeline, { url: receiver.url, endpointIds, round })
      const [old] = published
      if (old !== undefined) await expungeMessageContent(pipeline.core, pipeline.scope, old)
    }
  })()
  await Promise.all(publishing)
  isDone = true
  await meddling
  expect(published).toHaveLength(crowd.messages)
  const { core, scope } = pipeline
  await Promise.all([
    disableEndpoint(core, scope, { endpointId: endpointIds[0] ?? '', by: 'staff' }),
    ...endpointIds.slice(1, 4).map((id) => deleteEndpoint(core, scope, id)),
  ])
  const isSettled = async () => (await countPending(pipeline)) === 0
  await waitFor('all of them', isSettled, crowd.withinMs)
  expect(await countDeadlocks(pipeline)).toBe(0)
}
