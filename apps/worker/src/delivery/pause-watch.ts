import { areDeliveriesPaused, type Database } from '@posthorn/db'

export interface PauseWatchContext {
  readonly db: Pick<Database, 'hot'>
  readonly onChange: (isPaused: boolean) => void
}

/**
 * Whether deliveries are paused, as this worker heard last: looked up at its start and with each heartbeat, so
 * that whoever begins a delivery asks memory alone. A database that doesn't answer changes nothing.
 */
export class PauseWatch {
  readonly #ctx: PauseWatchContext
  #isPaused = false

  constructor(ctx: PauseWatchContext) {
    this.#ctx = ctx
  }

  get isPaused(): boolean {
    return this.#isPaused
  }

  async look(): Promise<void> {
    this.hear(await areDeliveriesPaused(this.#ctx.db.hot))
  }

  /** What somebody else saw. Answers whether that is news. */
  hear(isPaused: boolean): boolean {
    if (isPaused === this.#isPaused) return false
    this.#isPaused = isPaused
    this.#ctx.onChange(isPaused)
    return true
  }
}
