import type { Bench } from '../bench.ts'
import type { Application } from '../contender.ts'
import type { LoadReport } from '../load/load-plan.ts'
import { delay, nowUs } from '../measure/clock.ts'
import { type CpuSample, cpuBetween, sampleCpu, totalOf } from '../measure/cpu.ts'
import { mostInWindow } from '../measure/distribution.ts'
import { payloadOf } from '../payload.ts'
import type { Posthorn } from '../product/start-posthorn.ts'
import type { LedgerPage } from '../receive/ledger.ts'
import { reconcile } from './reconcile.ts'
import { rolesOf, waitForArrivals } from './run-round.ts'

export type PacedRun = {
  limit: number
  seconds: number
  waiting: number
  mostInSecond: number
  /** Arrivals in the observed time, which begins once everything is published. */
  inTime: number
  cpuMs: CpuSample
  cpuShare: number
  soonAfterRaise: number
  drainPerSecond: number
  mostInSecondAfterIdle: number
  lost: number
  duplicates: number
}

const RAISED_LIMIT = 60_000
const IDLE_MS = 6_000
const AFTER_IDLE_SECONDS = 6
const SECOND_US = 1e6

/** Observes: the limit with a backlog, the backlog after the limit is raised, a burst after idle time. */
export async function runPaced(bench: Bench, contender: Posthorn): Promise<PacedRun> {
  const limit = bench.options.rate ?? 10
  const seconds = bench.options.seconds ?? 60
  const waiting = bench.options.stored ?? 5_000
  const [application] = await contender.provision(limited(bench, limit))
  if (application === undefined) throw new Error('no application was created')
  await bench.stage.receiver.calls.take()
  const backlog = await publish(bench, contender, { application, messages: waiting })
  const held = await observeHeld(bench, contender, seconds)
  const raisedUs = nowUs()
  await setLimit(contender, application, RAISED_LIMIT)
  await waitForArrivals(bench.stage, waiting - held.page.ids.length)
  const drained = await bench.stage.receiver.calls.take()
  const afterIdle = await observeAfterIdle(bench, contender, { application, limit })
  const found = [
    reconcile([application], backlog, joinPages(held.page, drained)),
    reconcile([application], afterIdle.report, afterIdle.page),
  ]
  return {
    limit,
    seconds,
    waiting,
    mostInSecond: mostInWindow([...held.page.arrivedUs], SECOND_US),
    inTime: held.inTime,
    cpuMs: held.cpuMs,
    cpuShare: totalOf(held.cpuMs) / 1000 / seconds,
    soonAfterRaise: drained.arrivedUs.filter((us) => us <= raisedUs + 5 * SECOND_US).length,
    drainPerSecond: drainRate(drained),
    mostInSecondAfterIdle: mostInWindow([...afterIdle.page.arrivedUs], SECOND_US),
    lost: found.reduce((total, { lost }) => total + lost, 0),
    duplicates: found.reduce((total, { duplicates }) => total + duplicates, 0),
  }
}

function limited(bench: Bench, ratePerSecond: number) {
  return bench.plan(1, 1).map(({ endpoints }) => ({
    endpoints: endpoints.map((endpoint) => ({ ...endpoint, ratePerSecond })),
  }))
}

type Held = { page: LedgerPage; inTime: number; cpuMs: CpuSample }

async function observeHeld(bench: Bench, contender: Posthorn, seconds: number): Promise<Held> {
  await bench.stage.postgres.checkpoint()
  // The bench's own processes have no part in what waiting costs.
  const { generator: _generator, receiver: _receiver, ...roles } = rolesOf(bench.stage, contender)
  const before = sampleCpu(roles)
  const startUs = nowUs()
  await delay(seconds * 1000)
  const endUs = nowUs()
  const cpuMs = cpuBetween(before, sampleCpu(roles))
  const page = await bench.stage.receiver.calls.take()
  const inTime = page.arrivedUs.filter((us) => us >= startUs && us <= endUs).length
  return { page, inTime, cpuMs }
}

type AfterIdle = { application: Application; limit: number }

// A limit that saved up its unused seconds would let a burst through here.
async function observeAfterIdle(
  bench: Bench,
  contender: Posthorn,
  { application, limit }: AfterIdle,
) {
  await setLimit(contender, application, limit)
  await delay(IDLE_MS)
  await bench.stage.receiver.calls.take()
  const messages = limit * AFTER_IDLE_SECONDS
  const report = await publish(bench, contender, { application, messages })
  await waitForArrivals(bench.stage, messages)
  return { report, page: await bench.stage.receiver.calls.take() }
}

type Publishing = { application: Application; messages: number }

function publish(
  bench: Bench,
  contender: Posthorn,
  { application, messages }: Publishing,
): Promise<LoadReport> {
  return bench.stage.generator.calls.run({
    port: contender.port,
    paths: [application.publishPath],
    authorization: contender.authorization,
    body: contender.publishBody(payloadOf(300)),
    pace: { kind: 'closed', publishers: 64 },
    until: { messages },
  })
}

async function setLimit(
  { api }: Posthorn,
  { id, endpoints }: Application,
  throttleRate: number,
): Promise<void> {
  for (const endpoint of endpoints) {
    await api.patch(`/app/${id}/endpoint/${endpoint.id}`, { throttleRate })
  }
}

function joinPages(first: LedgerPage, second: LedgerPage): LedgerPage {
  return {
    ids: [...first.ids, ...second.ids],
    endpoints: Uint32Array.from([...first.endpoints, ...second.endpoints]),
    arrivedUs: Float64Array.from([...first.arrivedUs, ...second.arrivedUs]),
  }
}

function drainRate({ arrivedUs }: LedgerPage): number {
  const [first] = arrivedUs
  const last = arrivedUs.at(-1)
  if (first === undefined || last === undefined) return 0
  return arrivedUs.length / ((last - first) / SECOND_US)
}
