import { BodyFault } from './body-fault.ts'

export type JsonValue = string | number | boolean | null | JsonValue[] | JsonObject
export interface JsonObject {
  [key: string]: JsonValue
}

const MAX_VALUES = 100_000

/** An object that no key can reach out of, `__proto__` included. */
export function emptyObject(): JsonObject {
  return Object.create(null)
}

/** A key that comes again becomes an array. */
export class KeyedValues {
  readonly value = emptyObject()
  readonly #arrays = new Set<string>()

  get isEmpty(): boolean {
    for (const _ in this.value) return false
    return true
  }

  has(key: string): boolean {
    return this.value[key] !== undefined
  }

  add(key: string, value: JsonValue): void {
    const known = this.value[key]
    if (known === undefined) {
      this.value[key] = value
      return
    }
    if (this.#arrays.has(key) && Array.isArray(known)) {
      known.push(value)
      return
    }
    this.#arrays.add(key)
    this.value[key] = [known, value]
  }
}

/** Counts what a body is made of. */
export class Allowance {
  readonly #what: string
  readonly #most: number
  #used = 0

  constructor(what: string, most = MAX_VALUES) {
    this.#what = what
    this.#most = most
  }

  /** @throws {BodyFault} more than a body may have */
  take(): void {
    if (++this.#used > this.#most)
      throw new BodyFault(413, `The body has more than ${this.#most} ${this.#what}.`)
  }
}
