import { preferIndexes, tallyMessages, type Transaction } from '@posthorn/db'
import { idTimeMs } from '@posthorn/runtime'
import { pickMessages, type PickFrom } from './pick-messages.ts'

export interface MessageCount {
  /** What would be sent. */
  readonly count: number
  /** There may be more than was counted. */
  readonly isCapped: boolean
  /** Without a payload to send. */
  readonly expired: number
  /** Left alone, because they are still being tried. */
  readonly retrying: number
  /** The most frequent first. */
  readonly eventTypes: readonly { readonly eventType: string; readonly count: number }[]
  readonly oldest: Date | null
  readonly newest: Date | null
}

const COUNT_AT_MOST = 10_000
const ROWS_AT_ONCE = 5_000
const LOOKS_AT_MOST = 10
const MAX_EVENT_TYPES = 20

/** What a task would send, without sending it: counted up to a bound, over a bounded number of rows. */
export async function countMessages(tx: Transaction, from: PickFrom): Promise<MessageCount> {
  await preferIndexes(tx)
  const tally = new Tally()
  let cursor = from.cursor
  for (let look = 0; look < LOOKS_AT_MOST; look++) {
    const picked = await pickMessages(tx, { ...from, cursor }, ROWS_AT_ONCE)
    tally.retrying += picked.retrying
    if (picked.messageIds.length > 0) {
      const { appId } = from
      tally.add(
        picked.messageIds,
        await tallyMessages(tx, { appId, messageIds: picked.messageIds }),
      )
    }
    if (picked.isLast) return tally.result(false)
    if (tally.live >= COUNT_AT_MOST) break
    cursor = picked.cursor
  }
  return tally.result(true)
}

class Tally {
  retrying = 0
  live = 0
  #expired = 0
  readonly #types = new Map<string, number>()
  #first: string | null = null
  #last: string | null = null

  add(
    messageIds: readonly string[],
    rows: readonly {
      readonly eventType: string
      readonly isLive: boolean
      readonly count: number
    }[],
  ): void {
    this.#first ??= messageIds.at(0) ?? null
    this.#last = messageIds.at(-1) ?? this.#last
    for (const { eventType, isLive, count } of rows) {
      if (isLive) {
        this.live += count
        this.#types.set(eventType, (this.#types.get(eventType) ?? 0) + count)
      } else this.#expired += count
    }
  }

  result(isCapped: boolean): MessageCount {
    const types = [...this.#types].toSorted(([, a], [, b]) => b - a).slice(0, MAX_EVENT_TYPES)
    return {
      count: Math.min(this.live, COUNT_AT_MOST),
      isCapped: isCapped || this.live > COUNT_AT_MOST,
      expired: this.#expired,
      retrying: this.retrying,
      eventTypes: types.map(([eventType, count]) => ({ eventType, count })),
      oldest: timeOf(this.#first),
      newest: timeOf(this.#last),
    }
  }
}

function timeOf(messageId: string | null): Date | null {
  const ms = messageId === null ? null : idTimeMs('msg_', messageId)
  return ms === null ? null : new Date(ms)
}
