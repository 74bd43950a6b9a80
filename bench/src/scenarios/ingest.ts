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

type Helpers = { measured: Helper<IngestLoadCalls>; flood: Helper<IngestLoadCalls> }
type Side = Receiver['side']
type Round = {
  side: Side
  perSecond: number
  p99Ms: number
  calmP99Ms: number
  floodedP99Ms: number
  refusedPerSecond: number
  faults: string[]
}

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
  const storedBefore = await receiver.countStored()
  const seconds = bench.options.seconds ?? 8
  const { port, authorization, measuredPath: path } = receiver
  const base = {
    port,
    path,
    authorization,
    body: payloadOf(bench.options.bytes?.[0] ?? 300),
    seconds,
  }
  const full = { ...base, connections: bench.options.publishers ?? 64, ratePerSecond: null }
  const paced = { ...base, connections: 64, ratePerSecond: MEASURED_PER_SECOND }
  const most = await helpers.measured.calls.run(full)
  const calm = await helpers.measured.calls.run(paced)
  const [flooded, flood] = await Promise.all([
    helpers.measured.calls.run(paced),
    helpers.flood.calls.run(floodOf(receiver, paced)),
  ])
  const accepted = [most, calm, flooded].reduce((sum, { acceptedMs }) => sum + acceptedMs.length, 0)
  const stored = (await receiver.countStored()) - storedBefore
  return {
    side: receiver.side,
    perSecond: most.acceptedMs.length / seconds,
    p99Ms: p99(most),
    calmP99Ms: p99(calm),
    floodedP99Ms: p99(flooded),
    refusedPerSecond: (flood.byStatus['401'] ?? 0) / seconds,
    faults: faultsOf({ side: receiver.side, accepted, stored, flood }),
  }
}

function floodOf({ floodedPath }: Receiver, paced: IngestLoad): IngestLoad {
  const ratePerSecond = FLOOD_PER_SECOND
  return { ...paced, path: floodedPath, authorization: 'Bearer wrong', ratePerSecond }
}

function p99({ acceptedMs }: IngestLoadReport): number {
  return distributionOf(acceptedMs).p99
}

type Checked = { side: Side; accepted: number; stored: number; flood: IngestLoadReport }

function faultsOf({ side, accepted, stored, flood }: Checked): string[] {
  const faults: string[] = []
  if (accepted === 0) faults.push(`${side}: nothing was accepted`)
  if (accepted !== stored) faults.push(`${side}: ${accepted} answered 200, ${stored} stored`)
  if (Object.keys(flood.byStatus).join() !== '401')
    faults.push(`${side}: the flood was answered ${JSON.stringify(flood.byStatus)}`)
  return faults
}

function report(rounds: readonly Round[]): ScenarioReport {
  const of = (side: Side, figure: (round: Round) => number) =>
    median(rounds.filter((round) => round.side === side).map(figure))
  const ratio =
    of('posthorn', (round) => round.perSecond) / of('baseline', (round) => round.perSecond)
  const rise = (side: Side) => of(side, (round) => round.floodedP99Ms - round.calmP99Ms)
  const [ours, theirs] = [rise('posthorn'), rise('baseline')]
  const shown = (value: number) => value.toFixed(1)
  return {
    head: ['side', 'accepted/s', 'p99 ms', 'p99 at 200/s', 'p99 flooded', 'refused/s'],
    rows: rounds.map((round) => [
      round.side,
      Math.round(round.perSecond).toString(),
      shown(round.p99Ms),
      shown(round.calmP99Ms),
      shown(round.floodedP99Ms),
      Math.round(round.refusedPerSecond).toString(),
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
