import { verdict } from '../scenarios/scenario-report.ts'

/** One figure and what it may be at most. */
export type Finding = {
  what: string
  value: number
  /** Null: only told. */
  bound: number | null
  note: string
}

export const FINDING_HEAD = ['what', 'measured', 'at most', 'note']

export function findingRow({ what, value, bound, note }: Finding): string[] {
  return [what, shown(value), bound === null ? '–' : shown(bound), note]
}

export function judgeFinding({ what, value, bound }: Finding): string[] {
  if (bound === null) return []
  return [verdict(`${what}: ${shown(value)} (≤ ${shown(bound)})`, value <= bound)]
}

function shown(value: number): string {
  return value < 10 ? value.toFixed(3).replace(/\.?0+$/, '') : value.toFixed(0)
}
