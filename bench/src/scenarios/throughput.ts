import { arrangementsOf, type Bench, withContenders } from '../bench.ts'
import type { Contender } from '../contender.ts'
import { payloadOf } from '../payload.ts'
import { COMPARISON_HEAD, comparisonRows } from './comparison-rows.ts'
import { compare, type Comparison, type Entrant, medianRatio, warmUp } from './comparison.ts'
import { busyNotes, comparisonFaults, type ScenarioReport, verdict } from './scenario-report.ts'

const LEAST_RATIO = 0.6

/** Closed loop: as many as publishers that wait for their 202 can get through. */
export async function runThroughput(bench: Bench): Promise<ScenarioReport> {
  const comparisons: Comparison[] = []
  for (const arrangement of arrangementsOf(bench, ['one', 'apart-redis', 'apart-pg'])) {
    await withContenders(bench, arrangement, async (contenders) => {
      comparisons.push(...(await compareLoads(bench, arrangement.name, contenders)))
    })
  }
  return {
    head: COMPARISON_HEAD,
    rows: comparisons.flatMap(comparisonRows),
    verdicts: [...comparisons.filter(hasBoth).map(judge), ...busyNotes(comparisons)],
    faults: comparisonFaults(comparisons),
    raw: comparisons,
  }
}

async function compareLoads(
  bench: Bench,
  arrangement: string,
  contenders: Contender[],
): Promise<Comparison[]> {
  const { endpoints, bytes, publishers, seconds, rounds } = bench.options
  const comparisons: Comparison[] = []
  for (const count of endpoints ?? [1, 100]) {
    const entrants = await provisionAll(bench, contenders, count)
    await warmUp(bench, entrants, payloadOf(300))
    for (const size of bytes ?? [300, 8192]) {
      comparisons.push(
        await compare(bench, {
          arrangement,
          load: `${count} ep, ${size} B`,
          entrants,
          payload: payloadOf(size),
          pace: { kind: 'closed', publishers: publishers ?? 64 },
          until: { seconds: seconds ?? 5 },
          rounds: rounds ?? 3,
        }),
      )
    }
  }
  return comparisons
}

/** So many applications with one endpoint each, at each side. */
export async function provisionAll(
  bench: Bench,
  contenders: Contender[],
  count: number,
): Promise<Entrant[]> {
  const entrants: Entrant[] = []
  for (const contender of contenders) {
    entrants.push({ contender, applications: await contender.provision(bench.plan(count, 1)) })
  }
  return entrants
}

function hasBoth({ posthorn, baseline }: Comparison): boolean {
  return posthorn.length > 0 && baseline.length > 0
}

function judge(comparison: Comparison): string {
  const ratio = medianRatio(comparison, (round) => round.deliveriesPerSecond)
  const text = `${comparison.arrangement}, ${comparison.load}: ${ratio.toFixed(2)} of the baseline (≥ ${LEAST_RATIO})`
  return verdict(text, ratio >= LEAST_RATIO)
}
