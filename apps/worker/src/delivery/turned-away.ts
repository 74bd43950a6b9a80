/** Few enough to be named to each round of the lanes; whom it can't remember is looked at again. */
const MAX_REMEMBERED = 5_000

/** Endpoints that their host had no room for, by host: what they have waits in their lanes until it has. */
export class TurnedAway {
  readonly #byHost = new Map<string, Set<string>>()
  #count = 0

  add(endpointId: string, host: string): void {
    const known = this.#byHost.get(host)
    if (known?.has(endpointId) === true || this.#count >= MAX_REMEMBERED) return
    this.#count++
    if (known === undefined) this.#byHost.set(host, new Set([endpointId]))
    else known.add(endpointId)
  }

  /** Answers whether it was among them. */
  delete(endpointId: string, host: string): boolean {
    const known = this.#byHost.get(host)
    if (known?.delete(endpointId) !== true) return false
    this.#count--
    if (known.size === 0) this.#byHost.delete(host)
    return true
  }

  /** Whether somebody waits for room at the host. */
  has(host: string): boolean {
    return this.#byHost.has(host)
  }

  hosts(): readonly string[] {
    return [...this.#byHost.keys()]
  }

  /** Who has waited longest comes first. */
  of(host: string): ReadonlySet<string> {
    return this.#byHost.get(host) ?? NOBODY
  }
}

const NOBODY: ReadonlySet<string> = new Set()
