import type { Bench } from '../bench.ts'
import type { Application, Contender } from '../contender.ts'
import type { Pace, Until } from '../load/load-plan.ts'
import { median } from '../measure/distribution.ts'
import { type Round, runRound } from './run-round.ts'

/** Rounds of both sides under the same load, interleaved: the host's own swings then hit both alike. */
export type Comparison = {
  arrangement: string
  load: string
  posthorn: Round[]
  baseline: Round[]
}

export type Entrant = { contender: Contender; applications: readonly Application[] }

export type ComparisonPlan = {
  arrangement: string
  load: string
  entrants: readonly Entrant[]
  payload: string
  pace: Pace
  until: Until
  rounds: number
}

export async function compare(bench: Bench, plan: ComparisonPlan): Promise<Comparison> {
  const { arrangement, load, payload, pace, until } = plan
  const comparison: Comparison = { arrangement, load, posthorn: [], baseline: [] }
  for (let number = 1; number <= plan.rounds; number++) {
    for (const { contender, applications } of plan.entrants) {
      await bench.stage.postgres.checkpoint()
      const round = await runRound(bench.stage, { contender, applications, payload, pace, until })
      comparison[contender.side].push(round)
      bench.say(`${arrangement}, ${load}, round ${number}: ${contender.side} ${sentence(round)}`)
    }
  }
  return comparison
}

/** Ratio of each interleaved pair, ours to the baseline's. */
export function ratios(
  { posthorn, baseline }: Comparison,
  figure: (round: Round) => number,
): number[] {
  const pairs = Math.min(posthorn.length, baseline.length)
  return Array.from({ length: pairs }, (_, index) => {
    const [ours, theirs] = [posthorn[index], baseline[index]]
    return ours === undefined || theirs === undefined ? Number.NaN : figure(ours) / figure(theirs)
  })
}

export function medianRatio(comparison: Comparison, figure: (round: Round) => number): number {
  return median(ratios(comparison, figure))
}

/**
 * A first round at each side, not counted: connections open, caches filled, code compiled. V8 compiles
 * hot code on the side for some ten seconds (a fifth of all CPU): a server that runs for days is after that.
 */
export async function warmUp(
  bench: Bench,
  entrants: readonly Entrant[],
  payload: string,
): Promise<Round[]> {
  const rounds: Round[] = []
  for (const { contender, applications } of entrants) {
    const pace: Pace = { kind: 'closed', publishers: bench.options.publishers ?? 64 }
    rounds.push(
      await runRound(bench.stage, {
        contender,
        applications,
        payload,
        pace,
        until: { seconds: bench.options.warmUp ?? 12 },
      }),
    )
  }
  return rounds
}

function sentence(round: Round): string {
  const rate = Math.round(round.deliveriesPerSecond)
  return `${rate}/s, p99 ${round.deliverMs.p99.toFixed(1)} ms, lost ${round.lost}`
}
