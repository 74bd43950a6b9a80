import type { Bench } from '../bench.ts'
import { delay, nowUs } from '../measure/clock.ts'
import { payloadOf } from '../payload.ts'
import type { Posthorn } from '../product/start-posthorn.ts'
import { waitForArrivals } from './run-round.ts'

const FAILED = 1_000
// Between the receiver's last answer and its record: a group of them is committed within milliseconds.
const SETTLE_MS = 1_000

export type RecoverTime = { ms: number; lost: number }

/** From the call of recover until the last of what had failed arrived, at an endpoint of its own. */
export async function timeRecover(bench: Bench, posthorn: Posthorn): Promise<RecoverTime> {
  const { receiver } = bench.stage
  const [application] = await posthorn.provision(bench.plan(1, 1))
  const [endpoint] = application?.endpoints ?? []
  if (application === undefined || endpoint === undefined)
    throw new Error('no endpoint was created')
  const since = new Date(Date.now() - 60_000).toISOString()
  await receiver.calls.behave({ endpoint: endpoint.number, behaviour: 'fail' })
  await publishFailing(bench, posthorn, application.publishPath)
  await receiver.calls.behave({ endpoint: endpoint.number, behaviour: 'accept' })
  await receiver.calls.take()
  const startUs = nowUs()
  await posthorn.api.post(`/app/${application.id}/endpoint/${endpoint.id}/recover`, { since })
  await waitForArrivals(bench.stage, FAILED)
  const { arrivedUs } = await receiver.calls.take()
  return { ms: ((arrivedUs.at(-1) ?? Number.NaN) - startUs) / 1e3, lost: FAILED - arrivedUs.length }
}

async function publishFailing(bench: Bench, posthorn: Posthorn, path: string): Promise<void> {
  const { receiver, generator } = bench.stage
  const before = await receiver.calls.unanswered()
  await generator.calls.run({
    port: posthorn.port,
    paths: [path],
    authorization: posthorn.authorization,
    body: posthorn.publishBody(payloadOf(300)),
    pace: { kind: 'closed', publishers: 64 },
    until: { messages: FAILED },
  })
  const deadline = Date.now() + 60_000
  while ((await receiver.calls.unanswered()) - before < FAILED && Date.now() < deadline)
    await delay(20)
  await delay(SETTLE_MS)
}
