import { median } from '../measure/distribution.ts'
import { verdict } from './scenario-report.ts'

const MOST_GROWTH = 1.3

export const GROWTH_HEAD = [
  'side',
  'what',
  'empty',
  'range',
  'with stored',
  'range',
  'stored costs ×',
]

/** What one operation takes in ms, at a side with nothing stored and at one with a million messages. */
export type Growth = { side: string; what: string; empty: number[]; stored: number[] }

export function growthRow(growth: Growth): string[] {
  const { side, what, empty, stored } = growth
  return [
    side,
    what,
    mid(empty),
    spread(empty),
    mid(stored),
    spread(stored),
    ratioOf(growth).toFixed(2),
  ]
}

export function judgeGrowth(growth: Growth): string {
  const ratio = ratioOf(growth)
  return verdict(
    `${growth.what}: ${ratio.toFixed(2)} × that of empty (≤ ${MOST_GROWTH})`,
    ratio <= MOST_GROWTH,
  )
}

function ratioOf({ empty, stored }: Growth): number {
  return median(stored) / median(empty)
}

function mid(values: readonly number[]): string {
  return shown(median(values))
}

function spread(values: readonly number[]): string {
  return `${shown(Math.min(...values))}–${shown(Math.max(...values))}`
}

function shown(value: number): string {
  return value < 10 ? value.toFixed(2) : value.toFixed(0)
}
