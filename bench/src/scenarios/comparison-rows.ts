import { totalOf } from '../measure/cpu.ts'
import { median } from '../measure/distribution.ts'
import { type Comparison, ratios } from './comparison.ts'
import type { Round } from './run-round.ts'

export const COMPARISON_HEAD = [
  'arrangement',
  'load',
  'side',
  'delivered/s',
  'range',
  'of baseline',
  'CPU ms each',
  'of baseline',
  'api / worker / pg / redis / load / receiver',
  'p50 ms',
  'p95 ms',
  'p99 ms',
  '202 p99',
  'accepted',
  'lost',
  'twice',
  'refused',
  'others took',
]

export function comparisonRows(comparison: Comparison): string[][] {
  return (['posthorn', 'baseline'] as const)
    .filter((side) => comparison[side].length > 0)
    .map((side) => {
      const rounds = comparison[side]
      return [
        comparison.arrangement,
        comparison.load,
        side,
        whole(mid(rounds, deliveryRate)),
        range(rounds.map(deliveryRate)),
        side === 'posthorn' ? ratioCell(comparison, deliveryRate) : '',
        mid(rounds, cpuEach).toFixed(2),
        side === 'posthorn' ? ratioCell(comparison, cpuEach) : '',
        cpuCell(rounds),
        mid(rounds, (round) => round.deliverMs.p50).toFixed(1),
        mid(rounds, (round) => round.deliverMs.p95).toFixed(1),
        mid(rounds, (round) => round.deliverMs.p99).toFixed(1),
        mid(rounds, (round) => round.acceptMs.p99).toFixed(1),
        whole(sum(rounds, (round) => round.accepted)),
        whole(sum(rounds, (round) => round.lost)),
        whole(sum(rounds, (round) => round.duplicates)),
        whole(sum(rounds, refusals)),
        `${whole(mid(rounds, (round) => round.othersShare * 100))} %`,
      ]
    })
}

function refusals(round: Round): number {
  return Object.values(round.refused).reduce((total, count) => total + count, 0)
}

export function whole(value: number): string {
  return Math.round(value).toLocaleString('en-US')
}

function range(values: readonly number[]): string {
  return `${whole(Math.min(...values))}–${whole(Math.max(...values))}`
}

function deliveryRate(round: Round): number {
  return round.deliveriesPerSecond
}

function cpuEach(round: Round): number {
  return totalOf(round.cpuMs) / round.expected
}

function ratioCell(comparison: Comparison, figure: (round: Round) => number): string {
  const all = ratios(comparison, figure)
  if (all.length === 0) return ''
  return `${median(all).toFixed(2)} (${Math.min(...all).toFixed(2)}–${Math.max(...all).toFixed(2)})`
}

// One process with both roles is shown where the api stands.
const CPU_ROLES = [
  ['api', 'api+worker'],
  ['worker'],
  ['postgres'],
  ['redis'],
  ['generator'],
  ['receiver'],
]

function cpuCell(rounds: readonly Round[]): string {
  return CPU_ROLES.map((names) => {
    const each = mid(rounds, (round) => roleMs(round, names) / round.expected)
    return each === 0 ? '–' : each.toFixed(3).replace(/^0/, '')
  }).join(' / ')
}

function roleMs(round: Round, names: readonly string[]): number {
  return names.reduce((total, name) => total + (round.cpuMs[name] ?? 0), 0)
}

function mid(rounds: readonly Round[], figure: (round: Round) => number): number {
  return median(rounds.map(figure))
}

function sum(rounds: readonly Round[], figure: (round: Round) => number): number {
  return rounds.reduce((total, round) => total + figure(round), 0)
}
