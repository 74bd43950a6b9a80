/** For an idempotency key that nobody had before: over plain http browsers have no `randomUUID`. */
export function randomKey(): string {
  return crypto.getRandomValues(new Uint32Array(4)).join('-')
}
