import type { Value } from './value.ts'

/** Names and what they mean, the inner before the outer. */
export class Scope {
  readonly #values = new Map<string, Value>()
  readonly #outer: Scope | null

  constructor(outer: Scope | null) {
    this.#outer = outer
  }

  get(name: string): Value {
    const here = this.#values.get(name)
    return here === undefined && this.#outer !== null ? this.#outer.get(name) : here
  }

  set(name: string, value: Value): void {
    this.#values.set(name, value)
  }
}
