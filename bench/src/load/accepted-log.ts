import type { LoadReport } from './load-plan.ts'
import type { PublishAnswer } from './publish-connection.ts'

export type Publish = { pathIndex: number; intendedUs: number; answeredUs: number }

/** What was accepted and what was refused, in lists that travel cheaply. */
export class AcceptedLog {
  readonly #ids: string[] = []
  readonly #pathIndexes: number[] = []
  readonly #intendedUs: number[] = []
  readonly #answeredUs: number[] = []
  readonly #refused: Record<string, number> = {}

  /** Whether it was accepted. */
  add(publish: Publish, { status, body }: PublishAnswer): boolean {
    const id = status === 202 ? /"id": ?"(msg_[^"]+)"/.exec(body)?.[1] : undefined
    if (id === undefined) {
      this.#refused[status] = (this.#refused[status] ?? 0) + 1
      return false
    }
    this.#ids.push(id)
    this.#pathIndexes.push(publish.pathIndex)
    this.#intendedUs.push(publish.intendedUs)
    this.#answeredUs.push(publish.answeredUs)
    return true
  }

  report(): LoadReport {
    return {
      ids: this.#ids,
      pathIndexes: Uint32Array.from(this.#pathIndexes),
      intendedUs: Float64Array.from(this.#intendedUs),
      answeredUs: Float64Array.from(this.#answeredUs),
      refused: this.#refused,
    }
  }
}
