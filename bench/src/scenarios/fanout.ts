import { arrangementsOf, type Bench, withContenders } from '../bench.ts'
import { payloadOf } from '../payload.ts'
import { COMPARISON_HEAD, comparisonRows } from './comparison-rows.ts'
import { compare, type Comparison, type Entrant } from './comparison.ts'
import { busyNotes, comparisonFaults, type ScenarioReport } from './scenario-report.ts'

const MESSAGES_A_ROUND = 20

/** One application with 1,000 endpoints: a few messages, each to all of them. Figures are per delivery. */
export async function runFanout(bench: Bench): Promise<ScenarioReport> {
  const { endpoints, bytes, publishers, rounds } = bench.options
  const width = endpoints?.[0] ?? 1_000
  const size = bytes?.[0] ?? 300
  const comparisons: Comparison[] = []
  for (const arrangement of arrangementsOf(bench, ['one', 'apart-redis', 'apart-pg'])) {
    await withContenders(bench, arrangement, async (contenders) => {
      const entrants: Entrant[] = []
      for (const contender of contenders) {
        entrants.push({ contender, applications: await contender.provision(bench.plan(1, width)) })
      }
      const plan = {
        arrangement: arrangement.name,
        load: `1→${width}, ${size} B`,
        entrants,
        payload: payloadOf(size),
        pace: { kind: 'closed', publishers: publishers ?? 4 } as const,
        until: { messages: MESSAGES_A_ROUND },
      }
      await compare(bench, { ...plan, load: `${plan.load} (warm-up)`, rounds: 1 })
      comparisons.push(await compare(bench, { ...plan, rounds: rounds ?? 3 }))
    })
  }
  return {
    head: COMPARISON_HEAD,
    rows: comparisons.flatMap(comparisonRows),
    verdicts: busyNotes(comparisons),
    faults: comparisonFaults(comparisons),
    raw: comparisons,
  }
}
