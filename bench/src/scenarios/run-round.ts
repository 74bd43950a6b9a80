import type { Application, Contender } from '../contender.ts'
import type { LoadReport, Pace, Until } from '../load/load-plan.ts'
import { delay } from '../measure/clock.ts'
import type { Roles } from '../measure/cpu.ts'
import { type Distribution, distributionOf } from '../measure/distribution.ts'
import { type Cost, startMeter } from '../measure/meter.ts'
import type { Stage } from '../stage/stage.ts'
import { type Reconciliation, reconcile } from './reconcile.ts'

export type RoundPlan = {
  contender: Contender
  applications: readonly Application[]
  payload: string
  pace: Pace
  until: Until
  /** Endpoints that are sick on purpose: nothing is expected of them, and latencies leave them out. */
  sickNumbers?: ReadonlySet<number>
}

/** What it cost is that of the whole round, until the last arrival. */
export type Round = Cost & {
  accepted: number
  refused: Record<string, number>
  expected: number
  lost: number
  lostExamples: string[]
  duplicates: number
  strangers: number
  /** Arrivals per second, from the first publish to the last arrival: a backlog left behind counts. */
  deliveriesPerSecond: number
  acceptedPerSecond: number
  acceptMs: Distribution
  deliverMs: Distribution
}

// A backlog that still moves may take as long as it needs. One that stands still for longer than a lease
// (20 s) and the sweep after it (5 s) won't move again.
const STALLED_AFTER_MS = 30_000
const POLL_MS = 20

export async function runRound(stage: Stage, plan: RoundPlan): Promise<Round> {
  await stage.receiver.calls.take()
  const meter = startMeter(rolesOf(stage, plan.contender))
  const report = await stage.generator.calls.run({
    port: plan.contender.port,
    paths: plan.applications.map(({ publishPath }) => publishPath),
    authorization: plan.contender.authorization,
    body: plan.contender.publishBody(plan.payload),
    pace: plan.pace,
    until: plan.until,
  })
  const healthy = withoutSick(plan)
  await waitForArrivals(stage, expectedArrivals(healthy, report))
  const cost = meter()
  return summarize(report, reconcile(healthy, report, await stage.receiver.calls.take()), cost)
}

/** All processes that have a part in a round: the contender's, the stores, the bench's own. */
export function rolesOf(stage: Stage, contender: Contender): Roles {
  return {
    ...contender.roles,
    postgres: stage.postgres.pids,
    redis: contender.queue === 'redis' ? (stage.redis?.pids ?? []) : [],
    generator: [stage.generator.pid],
    receiver: [stage.receiver.pid],
  }
}

export async function waitForArrivals(stage: Stage, expected: number): Promise<void> {
  let count = 0
  let movedAt = Date.now()
  while (count < expected && Date.now() - movedAt < STALLED_AFTER_MS) {
    const next = await stage.receiver.calls.count()
    if (next !== count) movedAt = Date.now()
    count = next
    if (count < expected) await delay(POLL_MS)
  }
}

function withoutSick({ applications, sickNumbers }: RoundPlan): Application[] {
  return applications.map((application) => ({
    ...application,
    endpoints: application.endpoints.filter(({ number }) => sickNumbers?.has(number) !== true),
  }))
}

function expectedArrivals(
  applications: readonly Application[],
  { pathIndexes }: LoadReport,
): number {
  let expected = 0
  for (const index of pathIndexes) expected += applications[index]?.endpoints.length ?? 0
  return expected
}

function summarize(report: LoadReport, found: Reconciliation, cost: Cost): Round {
  const startedUs = report.intendedUs.reduce((least, us) => Math.min(least, us), Infinity)
  const answeredUs = report.answeredUs.reduce((most, us) => Math.max(most, us), 0)
  const acceptMs = report.ids.map(
    (_, index) => ((report.answeredUs[index] ?? 0) - (report.intendedUs[index] ?? 0)) / 1e3,
  )
  const { expected, lost, lostExamples, duplicates, strangers } = found
  return {
    accepted: report.ids.length,
    refused: report.refused,
    expected,
    lost,
    lostExamples,
    duplicates,
    strangers,
    deliveriesPerSecond: found.arrived / ((found.lastArrivalUs - startedUs) / 1e6),
    acceptedPerSecond: report.ids.length / ((answeredUs - startedUs) / 1e6),
    acceptMs: distributionOf(acceptMs),
    deliverMs: distributionOf([...found.latenciesMs.values()].flat()),
    ...cost,
  }
}
