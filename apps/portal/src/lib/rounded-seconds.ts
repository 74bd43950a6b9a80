const SPANS = [86_400, 3_600, 60] as const

/** To whole days, hours or minutes, the greatest of which there are at least two. */
export function roundedSeconds(seconds: number): number {
  const unit = SPANS.find((size) => seconds >= 2 * size) ?? 1
  return Math.floor(seconds / unit) * unit
}
