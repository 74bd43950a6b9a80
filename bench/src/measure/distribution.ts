export type Distribution = {
  count: number
  p50: number
  p95: number
  p99: number
  max: number
}

export function distributionOf(values: readonly number[]): Distribution {
  const sorted = values.toSorted((a, b) => a - b)
  return {
    count: sorted.length,
    p50: percentile(sorted, 0.5),
    p95: percentile(sorted, 0.95),
    p99: percentile(sorted, 0.99),
    max: sorted.at(-1) ?? Number.NaN,
  }
}

/** Nearest rank: the least value that at least `share` of all values do not exceed. */
function percentile(sorted: readonly number[], share: number): number {
  return sorted[Math.max(Math.ceil(sorted.length * share) - 1, 0)] ?? Number.NaN
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  const middle = sorted.length >> 1
  const upper = sorted[middle] ?? Number.NaN
  if (sorted.length % 2 === 1) return upper
  return ((sorted[middle - 1] ?? Number.NaN) + upper) / 2
}

/** The most events in any window of that width that is open on the right: an event at both ends is two windows. */
export function mostInWindow(sortedUs: readonly number[], widthUs: number): number {
  let most = 0
  let first = 0
  sortedUs.forEach((at, index) => {
    while (at - (sortedUs[first] ?? at) >= widthUs) first++
    most = Math.max(most, index - first + 1)
  })
  return most
}
