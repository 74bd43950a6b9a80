/**
 * Which leases this process holds and how many of their deliveries are still open. A lease whose last
 * delivery is recorded is deleted in that record's own statement.
 */
export class LeaseLedger {
  readonly #open = new Map<string, number>()

  add(token: string, deliveries: number): void {
    if (deliveries > 0) this.#open.set(token, (this.#open.get(token) ?? 0) + deliveries)
  }

  /** The leases that end when these deliveries (one token each) are settled. */
  endingWith(tokens: readonly string[]): string[] {
    const settled = Map.groupBy(tokens, (token) => token)
    return [...settled]
      .filter(([token, each]) => this.#open.get(token) === each.length)
      .map(([token]) => token)
  }

  settle(tokens: readonly string[]): void {
    for (const token of tokens) {
      const left = (this.#open.get(token) ?? 0) - 1
      if (left > 0) this.#open.set(token, left)
      else this.#open.delete(token)
    }
  }

  /** A delivery of it was lost sight of: the lease has to run out, so that the sweep finds it. */
  abandon(token: string): void {
    this.#open.delete(token)
  }

  get size(): number {
    return this.#open.size
  }
}
