const MOST = 5_000

/** `work`, done once for each of few texts that come with every request; all are forgotten when too many came. */
export function remembered<T>(work: (text: string) => T): (text: string) => T {
  const known = new Map<string, T>()
  return (text) => {
    const found = known.get(text)
    if (found !== undefined) return found
    const made = work(text)
    if (known.size >= MOST) known.clear()
    known.set(text, made)
    return made
  }
}
