import { type CallLimit, takeCalls } from '@posthorn/db/ingest'
import { BoundedCache, GroupCommit, GroupCommitFullError } from '@posthorn/runtime'
import type { CoreContext } from '../context.ts'
import { OverloadedError } from '../errors.ts'

interface SharedWindowOptions extends CallLimit {
  /** What its keys are of: two windows have no key in common. */
  readonly name: string
}

const MAX_FULL = 50_000

/**
 * So many calls of each key in any stretch of the window, whichever processes they reach. The database
 * counts them, those that come at the same time by one statement; a key that is full is asked about again
 * only when it has room, so refusing costs the database nothing. What is refused doesn't count.
 */
export class SharedWindow implements AsyncDisposable {
  readonly #group: GroupCommit<string, number>
  /** Until when a key is full, by this process's monotonic clock. */
  readonly #fullUntilMs = new BoundedCache<string, number>(MAX_FULL)
  readonly #name: string

  constructor(db: Pick<CoreContext['db'], 'hot'>, { name, ...limit }: SharedWindowOptions) {
    this.#name = name
    this.#group = new GroupCommit({
      ...LIMITS,
      commit: (keys) => this.#takeAll(db, limit, keys),
      weigh: () => 1,
      mayBlameOneItem: () => false,
    })
  }

  /**
   * Counts one call, and answers how many seconds are to be waited: 0 when it may go on.
   *
   * @throws {OverloadedError} too many are being counted
   */
  async take(of: string): Promise<number> {
    const key = `${this.#name}:${of}`
    const fullForMs = (this.#fullUntilMs.get(key) ?? 0) - performance.now()
    if (fullForMs > 0) return seconds(fullForMs)
    try {
      return await this.#group.add(key)
    } catch (err) {
      if (err instanceof GroupCommitFullError)
        throw new OverloadedError('Too many calls wait to be counted: try again.')
      throw err
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#group[Symbol.asyncDispose]()
  }

  // Those of one key are counted together, and the first of them have what is left of it.
  async #takeAll(
    db: Pick<CoreContext['db'], 'hot'>,
    limit: CallLimit,
    keys: readonly string[],
  ): Promise<number[]> {
    const askedAtMs = performance.now()
    const wanted = [...Map.groupBy(keys, (key) => key)].map(([key, all]) => ({
      key,
      wanted: all.length,
    }))
    const taken = await takeCalls(db.hot, limit, wanted)
    const left = new Map([...taken].map(([key, counted]) => [key, counted.taken]))
    for (const { key, wanted: asked } of wanted) {
      const counted = taken.get(key)
      if (counted !== undefined && counted.taken < asked)
        this.#fullUntilMs.set(key, askedAtMs + counted.freeInMs)
    }
    return keys.map((key) => {
      const rest = left.get(key) ?? 0
      left.set(key, rest - 1)
      return rest > 0 ? 0 : seconds(taken.get(key)?.freeInMs ?? 0)
    })
  }
}

function seconds(ms: number): number {
  return Math.max(1, Math.ceil(ms / 1000))
}

const LIMITS = {
  windowMs: 0,
  maxItems: 500,
  maxWeight: 500,
  maxWaitingItems: 10_000,
  maxWaitingWeight: 10_000,
  maxInFlight: 1,
}
