import { arrangementsOf, type Bench, withContenders } from '../bench.ts'
import { payloadOf } from '../payload.ts'
import { COMPARISON_HEAD, comparisonRows } from './comparison-rows.ts'
import { compare, type Comparison, type Entrant, medianRatio, warmUp } from './comparison.ts'
import { busyNotes, comparisonFaults, type ScenarioReport, verdict } from './scenario-report.ts'
import { provisionAll } from './throughput.ts'

const MOST_RATIO = 3

/** Open loop at a third of what both sides can do: publish (when it was due) to received. */
export async function runLatency(bench: Bench): Promise<ScenarioReport> {
  const comparisons: Comparison[] = []
  for (const arrangement of arrangementsOf(bench, ['one', 'apart-redis', 'apart-pg'])) {
    await withContenders(bench, arrangement, async (contenders) => {
      const entrants = await provisionAll(bench, contenders, bench.options.endpoints?.[0] ?? 1)
      comparisons.push(await compareLatency(bench, arrangement.name, entrants))
    })
  }
  return {
    head: COMPARISON_HEAD,
    rows: comparisons.flatMap(comparisonRows),
    verdicts: [
      ...comparisons.filter((each) => each.posthorn.length * each.baseline.length > 0).map(judge),
      ...busyNotes(comparisons),
    ],
    faults: comparisonFaults(comparisons),
    raw: comparisons,
  }
}

async function compareLatency(
  bench: Bench,
  arrangement: string,
  entrants: Entrant[],
): Promise<Comparison> {
  const { bytes, seconds, rounds } = bench.options
  const payload = payloadOf(bytes?.[0] ?? 300)
  await warmUp(bench, entrants, payload)
  const ratePerSecond = bench.options.rate ?? (await thirdOfMaximum(bench, entrants, payload))
  return compare(bench, {
    arrangement,
    load: `${ratePerSecond}/s, ${bytes?.[0] ?? 300} B`,
    entrants,
    payload,
    pace: { kind: 'open', ratePerSecond, connections: bench.options.publishers ?? 256 },
    until: { seconds: seconds ?? 10 },
    rounds: rounds ?? 3,
  })
}

// The slower side's maximum, so that neither is measured in overload.
async function thirdOfMaximum(bench: Bench, entrants: Entrant[], payload: string): Promise<number> {
  const found = await warmUp(bench, entrants, payload)
  const maximum = Math.min(...found.map((round) => round.deliveriesPerSecond))
  return Math.max(Math.round(maximum / 3), 1)
}

function judge(comparison: Comparison): string {
  const ratio = medianRatio(comparison, (round) => round.deliverMs.p99)
  const text = `${comparison.arrangement}, ${comparison.load}: p99 ${ratio.toFixed(2)} × the baseline's (≤ ${MOST_RATIO})`
  return verdict(text, ratio <= MOST_RATIO)
}
