import type { Comparison } from './comparison.ts'
import type { Round } from './run-round.ts'

/** What a scenario found. Faults fail the run; verdicts say whether a figure holds its bound. */
export type ScenarioReport = {
  head: string[]
  rows: string[][]
  verdicts: string[]
  faults: string[]
  raw: unknown
  /** What is certain when nothing is at fault; else that every accepted message arrived. */
  checked?: string
}

export function verdict(text: string, holds: boolean): string {
  return `${holds ? 'holds ' : 'FAILS '} ${text}`
}

const MOST_OTHERS = 0.1

/** A machine that is busy with something else spoils figures, and even ratios of interleaved rounds. */
export function busyNotes(comparisons: readonly Comparison[]): string[] {
  const shares = comparisons.flatMap(({ posthorn, baseline }) =>
    [...posthorn, ...baseline].map((round) => round.othersShare),
  )
  const most = Math.max(...shares, 0)
  if (most <= MOST_OTHERS) return []
  return [
    `BUSY   other processes took up to ${Math.round(most * 100)} % of the cores: measure again`,
  ]
}

export function comparisonFaults(comparisons: readonly Comparison[]): string[] {
  return comparisons.flatMap((comparison) =>
    (['posthorn', 'baseline'] as const).flatMap((side) =>
      comparison[side].flatMap((round) =>
        roundFaults(round, `${comparison.arrangement}, ${comparison.load}, ${side}`),
      ),
    ),
  )
}

/** A message that nobody acknowledged is not lost; one that was acknowledged and never came is. */
export function roundFaults(round: Round, where: string): string[] {
  const faults: string[] = []
  if (round.accepted === 0)
    faults.push(`${where}: nothing was accepted ${JSON.stringify(round.refused)}`)
  if (round.lost > 0)
    faults.push(
      `${where}: ${round.lost} of ${round.expected} never arrived: ${round.lostExamples.join(' ')}`,
    )
  return faults
}
