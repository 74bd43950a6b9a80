import { arrangementsOf, type Bench, withContenders } from '../bench.ts'
import type { ApplicationPlan, Contender } from '../contender.ts'
import { median } from '../measure/distribution.ts'
import { payloadOf } from '../payload.ts'
import { freePort } from '../stage/free-port.ts'
import { whole } from './comparison-rows.ts'
import { warmUp } from './comparison.ts'
import { type Round, type RoundPlan, runRound } from './run-round.ts'
import { roundFaults, type ScenarioReport, verdict } from './scenario-report.ts'
import { provisionAll } from './throughput.ts'

const MOST_RATIO = 1.5
const ENDPOINTS = 50

const HEAD = [
  'arrangement',
  'side',
  'healthy p50 ms',
  'p99 ms',
  'with sick: p50 ms',
  'p99 ms',
  'p99 ratio',
  '202 p99 ms, with sick',
  'accepted',
  'healthy lost',
  'twice',
  'others took',
]

/** The same side under the same load, without and with one endpoint that refuses and one that hangs. */
type SickComparison = {
  arrangement: string
  side: Contender['side']
  healthy: Round[]
  sick: Round[]
}

export async function runSick(bench: Bench): Promise<ScenarioReport> {
  const comparisons: SickComparison[] = []
  for (const arrangement of arrangementsOf(bench, ['one', 'apart-redis'])) {
    await withContenders(bench, arrangement, async (contenders) => {
      await warmUp(bench, await provisionAll(bench, contenders, 1), payloadOf(300))
      comparisons.push(...(await compareSick(bench, arrangement.name, contenders)))
    })
  }
  return {
    head: HEAD,
    rows: comparisons.map(sickRow),
    verdicts: comparisons.filter(({ side }) => side === 'posthorn').map(judge),
    faults: comparisons.flatMap(faultsOf),
    raw: comparisons,
  }
}

async function compareSick(
  bench: Bench,
  arrangement: string,
  contenders: Contender[],
): Promise<SickComparison[]> {
  const found = contenders.map(({ side }): SickComparison => ({
    arrangement,
    side,
    healthy: [],
    sick: [],
  }))
  for (let number = 1; number <= (bench.options.rounds ?? 2); number++) {
    for (const health of ['healthy', 'sick'] as const) {
      for (const [index, contender] of contenders.entries()) {
        const round =
          health === 'sick'
            ? await sickRound(bench, contender)
            : await healthyRound(bench, contender)
        found[index]?.[health].push(round)
        const p99 = round.deliverMs.p99.toFixed(1)
        bench.say(`${arrangement}, round ${number}: ${contender.side} ${health}, p99 ${p99} ms`)
      }
    }
  }
  return found
}

async function healthyRound(bench: Bench, contender: Contender): Promise<Round> {
  const applications = await contender.provision(bench.plan(ENDPOINTS, 1))
  return runRound(bench.stage, { ...loadOf(bench), contender, applications })
}

// Endpoints of their own each time, so that no round meets the breakers and backlogs of the one before.
async function sickRound(bench: Bench, contender: Contender): Promise<Round> {
  const plans = await withSickEndpoints(bench, bench.plan(ENDPOINTS, 1))
  const applications = await contender.provision(plans.all)
  const round = await runRound(bench.stage, {
    ...loadOf(bench),
    contender,
    applications,
    sickNumbers: new Set(plans.sick),
  })
  for (const application of applications) await contender.retire(application)
  return round
}

function loadOf(bench: Bench): Pick<RoundPlan, 'payload' | 'pace' | 'until'> {
  const { bytes, rate, publishers, seconds } = bench.options
  return {
    payload: payloadOf(bytes?.[0] ?? 300),
    pace: { kind: 'open', ratePerSecond: rate ?? 500, connections: publishers ?? 256 },
    until: { seconds: seconds ?? 20 },
  }
}

type SickPlans = { all: ApplicationPlan[]; sick: number[] }

// The first refuses connections, the second takes the request and never answers.
async function withSickEndpoints({ stage }: Bench, plans: ApplicationPlan[]): Promise<SickPlans> {
  const refusing = plans[0]?.endpoints[0]?.number ?? 0
  const hanging = plans[1]?.endpoints[0]?.number ?? 0
  const ports = new Map([
    [refusing, await freePort()],
    [hanging, await stage.receiver.calls.listen({ hosts: 1 })],
  ])
  await stage.receiver.calls.behave({ endpoint: hanging, behaviour: 'hang' })
  const all = plans.map(({ endpoints }) => ({
    endpoints: endpoints.map((endpoint) => {
      const port = ports.get(endpoint.number)
      return port === undefined
        ? endpoint
        : { ...endpoint, url: `http://127.0.0.1:${port}/e/${endpoint.number}` }
    }),
  }))
  return { all, sick: [refusing, hanging] }
}

function sickRow({ arrangement, side, healthy, sick }: SickComparison): string[] {
  const all = [...healthy, ...sick]
  return [
    arrangement,
    side,
    mid(healthy, (round) => round.deliverMs.p50),
    mid(healthy, (round) => round.deliverMs.p99),
    mid(sick, (round) => round.deliverMs.p50),
    mid(sick, (round) => round.deliverMs.p99),
    p99Ratio({ healthy, sick }).toFixed(2),
    mid(sick, (round) => round.acceptMs.p99),
    whole(sum(all, (round) => round.accepted)),
    whole(sum(all, (round) => round.lost)),
    whole(sum(all, (round) => round.duplicates)),
    `${mid(all, (round) => round.othersShare * 100)} %`,
  ]
}

function judge(comparison: SickComparison): string {
  const ratio = p99Ratio(comparison)
  const text = `${comparison.arrangement}: healthy endpoints' p99 ${ratio.toFixed(2)} × that without sick ones (≤ ${MOST_RATIO})`
  return verdict(text, ratio <= MOST_RATIO)
}

function p99Ratio({ healthy, sick }: Pick<SickComparison, 'healthy' | 'sick'>): number {
  return (
    median(sick.map((round) => round.deliverMs.p99)) /
    median(healthy.map((round) => round.deliverMs.p99))
  )
}

// The baseline has no isolation: what it loses to a sick neighbour is a figure, not a fault.
function faultsOf({ arrangement, side, healthy, sick }: SickComparison): string[] {
  const checked = side === 'posthorn' ? [...healthy, ...sick] : healthy
  return checked.flatMap((round) => roundFaults(round, `${arrangement}, ${side}`))
}

function mid(rounds: readonly Round[], figure: (round: Round) => number): string {
  return median(rounds.map(figure)).toFixed(1)
}

function sum(rounds: readonly Round[], figure: (round: Round) => number): number {
  return rounds.reduce((total, round) => total + figure(round), 0)
}
