/** One request that came to the inbox. */
export interface InboxEntry {
  readonly id: string
  /** The receiver it came to; null: the inbox itself. */
  readonly key: string | null
  readonly webhookId: string
  readonly receivedAt: string
  readonly method: string
  /** In the order of their arrival. */
  readonly headers: readonly (readonly [string, string])[]
  /** The first 64,000 bytes. */
  readonly body: Buffer
  readonly bodyBytes: number
  readonly isVerified: boolean
  readonly answeredStatusCode: number
}

export interface InboxAnswer {
  readonly statusCode: number
  readonly delayMs: number
}

const MAX_ENTRIES = 100
const MAX_RECEIVERS = 200
const MAX_BYTES = 32_000_000
const USUAL: InboxAnswer = { statusCode: 200, delayMs: 0 }

/** What arrived and how it is answered, in memory: the last 100 of each receiver, 32 MB of all. */
export class ReceivedLog {
  #entries: InboxEntry[] = []
  readonly #answers = new Map<string, InboxAnswer>()
  /** Ids of another run are no ids of this one. */
  readonly #run = Date.now().toString(36)
  #bytes = 0
  #lastId = 0

  add(entry: Omit<InboxEntry, 'id'>): void {
    this.#lastId += 1
    this.#entries.push({ ...entry, id: `${this.#run}-${this.#lastId}` })
    this.#bytes += sizeOf(entry)
    const own = this.list(entry.key)
    const oldest = own.at(-1)
    if (own.length > MAX_ENTRIES && oldest !== undefined) this.#forget((it) => it === oldest)
    while (this.#bytes > MAX_BYTES) this.#bytes -= sizeOf(this.#entries.shift())
  }

  /** The newest first. */
  list(key: string | null): InboxEntry[] {
    return this.#entries.filter((entry) => entry.key === key).toReversed()
  }

  /** Of all receivers, the newest first. */
  newest(): InboxEntry[] {
    return this.#entries.slice(-MAX_ENTRIES).toReversed()
  }

  find(webhookId: string): InboxEntry | undefined {
    return this.#entries.findLast((entry) => entry.webhookId === webhookId)
  }

  clear(key: string): void {
    this.#forget((entry) => entry.key === key)
  }

  answerOf(key: string): InboxAnswer {
    return this.#answers.get(key) ?? USUAL
  }

  setAnswer(key: string, answer: InboxAnswer): void {
    this.#answers.delete(key)
    this.#answers.set(key, answer)
    const [longestUnset] = this.#answers.keys()
    if (this.#answers.size > MAX_RECEIVERS && longestUnset !== undefined)
      this.#answers.delete(longestUnset)
  }

  #forget(isGone: (entry: InboxEntry) => boolean): void {
    this.#entries = this.#entries.filter((entry) => !isGone(entry))
    this.#bytes = this.#entries.reduce((sum, entry) => sum + sizeOf(entry), 0)
  }
}

function sizeOf(entry: Pick<InboxEntry, 'body' | 'headers'> | undefined): number {
  if (entry === undefined) return 0
  const inHeaders = entry.headers.reduce(
    (sum, [name, value]) => sum + name.length + value.length,
    0,
  )
  return entry.body.length + inHeaders
}
