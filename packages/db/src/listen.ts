import pg from 'pg'
import type { Transaction } from './database.ts'

/**
 * Tells every process what changed, so that caches forget it. Sent inside the transaction of the
 * change: heard only if, and as soon as, it is committed.
 */

const CHANNEL = 'posthorn'
const RETRY_MS = [250, 1_000, 2_000, 5_000]
const QUIET_MS = 1_000
const PROBE_EVERY_MS = 15_000

export async function notify(tx: Transaction, payload: string): Promise<void> {
  await tx.$executeRaw`SELECT pg_notify(${CHANNEL}, ${payload})`
}

export interface ListenOptions {
  /** Past a transaction-mode pooler, where there is one. */
  readonly directUrl: string
  readonly onNotice: (payload: string) => void
  /** The channel was deaf for a while: whatever was cached may be stale. */
  readonly onGap: () => void
  /** At most once a second. */
  readonly onError: (err: unknown) => void
}

/** Listens until disposed of; a lost connection is made again, with back-off, for ever. */
export function listenForNotices(options: ListenOptions): AsyncDisposable {
  return new Listener(options)
}

class Listener implements AsyncDisposable {
  readonly #options: ListenOptions
  readonly #stop = new AbortController()
  readonly #loop: Promise<void>
  #lastErrorAt = Number.NEGATIVE_INFINITY

  constructor(options: ListenOptions) {
    this.#options = options
    this.#loop = this.#run()
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#stop.abort()
    await this.#loop
  }

  async #run(): Promise<void> {
    let failures = 0
    while (!this.#stop.signal.aborted) {
      try {
        await this.#listen(() => {
          if (failures > 0) this.#options.onGap()
          failures = 0
        })
      } catch (err) {
        this.#report(err)
      }
      failures++
      await pause(RETRY_MS[Math.min(failures, RETRY_MS.length) - 1] ?? 0, this.#stop.signal)
    }
  }

  /** One connection's life; returns when told to stop, throws when it breaks. */
  async #listen(onConnected: () => void): Promise<void> {
    const client = new pg.Client({
      connectionString: this.#options.directUrl,
      connectionTimeoutMillis: 5_000,
      query_timeout: 5_000,
      keepAlive: true,
      application_name: 'posthorn listen',
    })
    const broken = Promise.withResolvers<never>()
    broken.promise.catch(() => undefined)
    client.on('error', broken.reject)
    client.on('end', () => broken.reject(new Error('The connection ended.')))
    client.on('notification', (notice) => this.#options.onNotice(notice.payload ?? ''))
    try {
      await client.connect()
      await client.query(`LISTEN ${CHANNEL}`)
      onConnected()
      await Promise.race([broken.promise, this.#probe(client)])
    } finally {
      client.end().catch(() => undefined)
    }
  }

  // A peer that vanished without a word is noticed only by asking.
  async #probe(client: pg.Client): Promise<void> {
    while (!this.#stop.signal.aborted) {
      await pause(PROBE_EVERY_MS, this.#stop.signal)
      if (!this.#stop.signal.aborted) await client.query('SELECT 1')
    }
  }

  #report(err: unknown): void {
    const now = performance.now()
    if (now - this.#lastErrorAt < QUIET_MS || this.#stop.signal.aborted) return
    this.#lastErrorAt = now
    this.#options.onError(err)
  }
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve()
  const { promise, resolve } = Promise.withResolvers<void>()
  const timer = setTimeout(resolve, ms)
  signal.addEventListener('abort', () => resolve(), { once: true })
  return promise.finally(() => clearTimeout(timer))
}
