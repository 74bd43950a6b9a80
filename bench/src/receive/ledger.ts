/** What arrived, in the order of arrival; times in microseconds of the shared clock. */
export type LedgerPage = {
  ids: string[]
  endpoints: Uint32Array
  arrivedUs: Float64Array
}

export class Ledger {
  #ids: string[] = []
  #endpoints: number[] = []
  #arrivedUs: number[] = []

  get count(): number {
    return this.#ids.length
  }

  add(id: string, endpoint: number, arrivedUs: number): void {
    this.#ids.push(id)
    this.#endpoints.push(endpoint)
    this.#arrivedUs.push(arrivedUs)
  }

  /** All entries since the last taking, which are forgotten here. */
  take(): LedgerPage {
    const page = {
      ids: this.#ids,
      endpoints: Uint32Array.from(this.#endpoints),
      arrivedUs: Float64Array.from(this.#arrivedUs),
    }
    this.#ids = []
    this.#endpoints = []
    this.#arrivedUs = []
    return page
  }
}
