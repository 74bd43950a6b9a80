import type { Bench } from '../bench.ts'
import type { IngestLoad, IngestLoadCalls, IngestLoadReport } from '../ingest/ingest-load.ts'
import { type Receiver, startBareReceiver, startPosthornReceiver } from '../ingest/receivers.ts'
import { distributionOf, median } from '../measure/distribution.ts'
import { payloadOf } from '../payload.ts'
import { type Helper, startHelper } from '../stage/child.ts'
import { type ScenarioReport, verdict } from './scenario-report.ts'

const LEAST_RATIO = 0.5
const MOST_RISE = 1.5
const FLOOD_PER_SECOND = 1_000
const MEASURED_PER_SECOND = 200
const PAIRS = 4
const PHASE_SECONDS = 4

type Helpers = { measured: Helper<IngestLoadCalls>; flood: Helper<IngestLoadCalls> }
type Side = Receiver['side']
/** The p99 of one source's requests, without and with a flood to another, one right after the other. */
type Pair = { calmP99Ms: number; floodedP99Ms: number; refusedPerSecond: number }
type Round = { side: Side; perSecond: number; p99Ms: number; pairs: Pair[]; faults: string[] }

/** Accepted requests/s beside a bare Express receiver, and what a flood of refused ones does to another source. */
export async function runIngest(bench: Bench): Promise<ScenarioReport> {
  await using started = new AsyncDisposableStack()
  const helpers = {
    measured: started.use(startHelper<IngestLoadCalls>('ingest/ingest-load.ts')),
    flood: started.use(startHelper<IngestLoadCalls>('ingest/ingest-load.ts')),
  }
  const receivers = [
    started.use(await startPosthornReceiver(bench.stage)),
    started.use(await startBareReceiver(bench.stage)),
  ]
  const rounds: Round[] = []
  for (let round = 0; round <= (bench.options.rounds ?? 3); round++) {
    for (const receiver of receivers) {
      await bench.stage.postgres.checkpoint()
      const measured = await runRound(bench, helpers, receiver)
      bench.say(`${round === 0 ? 'warm-up' : `round ${round}`}, ${receiver.side}`)
      if (round > 0) rounds.push(measured)
    }
  }
  return report(rounds)
}

async function runRound(bench: Bench, helpers: Helpers, receiver: Receiver): Promise<Round> {
  const { side, port, authorization, measuredPath: path } = receiver
  const storedBefore = await receiver.countStored()
  const seconds = bench.options.seconds ?? 8
  const body = payloadOf(bench.options.bytes?.[0] ?? 300)
  const base = { port, path, authorization, body }
  const full = {
    ...base,
    connections: bench.options.publishers ?? 64,
    ratePerSecond: null,
    seconds,
  }
  const most = await helpers.measured.calls.run(full)
  const ran: PairRun[] = []
  for (let number = 0; number < PAIRS; number++)
    ran.push(await runPair(helpers, receiver, { base, isFloodFirst: number % 2 === 1 }))
  const reports = [most, ...ran.flatMap(({ calm, flooded }) => [calm, flooded])]
  const accepted = reports.reduce((sum, { acceptedMs }) => sum + acceptedMs.length, 0)
  const stored = (await receiver.countStored()) - storedBefore
  return {
    side,
    perSecond: most.acceptedMs.length / seconds,
    p99Ms: p99(most),
    pairs: ran.map(pairOf),
    faults: faultsOf({ side, accepted, stored, floods: ran.map(({ flood }) => flood) }),
  }
}

type PairRun = { calm: IngestLoadReport; flooded: IngestLoadReport; flood: IngestLoadReport }
type PairPlan = {
  base: Omit<IngestLoad, 'connections' | 'ratePerSecond' | 'seconds'>
  isFloodFirst: boolean
}

/** Which goes first takes turns: what the phase before left behind weighs on both alike. */
async function runPair(
  { measured, flood }: Helpers,
  { floodedPath }: Receiver,
  { base, isFloodFirst }: PairPlan,
): Promise<PairRun> {
  const paced = {
    ...base,
    connections: 64,
    ratePerSecond: MEASURED_PER_SECOND,
    seconds: PHASE_SECONDS,
  }
  const refused = {
    path: floodedPath,
    authorization: 'Bearer wrong',
    ratePerSecond: FLOOD_PER_SECOND,
  }
  const runCalm = () => measured.calls.run(paced)
  const runFlooded = () => Promise.all([runCalm(), flood.calls.run({ ...paced, ...refused })])
  const before = isFloodFirst ? null : await runCalm()
  const [flooded, floodReport] = await runFlooded()
  return { calm: before ?? (await runCalm()), flooded, flood: floodReport }
}

function pairOf({ calm, flooded, flood }: PairRun): Pair {
  return {
    calmP99Ms: p99(calm),
    floodedP99Ms: p99(flooded),
    refusedPerSecond: (flood.byStatus['401'] ?? 0) / PHASE_SECONDS,
  }
}

function p99({ acceptedMs }: IngestLoadReport): number {
  return distributionOf(acceptedMs).p99
}

type Checked = { side: Side; accepted: number; stored: number; floods: IngestLoadReport[] }

function faultsOf({ side, accepted, stored, floods }: Checked): string[] {
  const faults: string[] = []
  if (accepted === 0) faults.push(`${side}: nothing was accepted`)
  if (accepted !== stored) faults.push(`${side}: ${accepted} answered 200, ${stored} stored`)
  for (const { byStatus } of floods)
    if (Object.keys(byStatus).join() !== '401')
      faults.push(`${side}: the flood was answered ${JSON.stringify(byStatus)}`)
  return faults
}

function report(rounds: readonly Round[]): ScenarioReport {
  const of = (side: Side) => rounds.filter((round) => round.side === side)
  const perSecond = (side: Side) => median(of(side).map((round) => round.perSecond))
  const rise = (side: Side) => median(of(side).flatMap(({ pairs }) => pairs.map(riseOf)))
  const ratio = perSecond('posthorn') / perSecond('baseline')
  const [ours, theirs] = [rise('posthorn'), rise('baseline')]
  const shown = (value: number) => value.toFixed(1)
  return {
    head: ['side', 'accepted/s', 'p99 ms', 'p99 ms at 200/s → flooded, by pair', 'refused/s'],
    rows: rounds.map(({ side, perSecond: accepted, p99Ms, pairs }) => [
      side,
      Math.round(accepted).toString(),
      shown(p99Ms),
      pairs.map((pair) => `${shown(pair.calmP99Ms)} → ${shown(pair.floodedP99Ms)}`).join(', '),
      Math.round(median(pairs.map((pair) => pair.refusedPerSecond))).toString(),
    ]),
    verdicts: [
      verdict(
        `accepted/s ${ratio.toFixed(2)} × the bare receiver's (≥ ${LEAST_RATIO})`,
        ratio >= LEAST_RATIO,
      ),
      verdict(
        `a flood raises another's p99 by ${shown(ours)} ms, the bare receiver's by ${shown(theirs)} ms (≤ ${MOST_RISE} ×)`,
        ours <= Math.max(0, theirs) * MOST_RISE,
      ),
    ],
    faults: rounds.flatMap(({ faults }) => faults),
    raw: rounds,
  }
}

function riseOf({ calmP99Ms, floodedP99Ms }: Pair): number {
  return floodedP99Ms - calmP99Ms
}
