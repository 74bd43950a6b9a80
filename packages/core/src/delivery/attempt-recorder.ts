import { setTimeout as wait } from 'node:timers/promises'
import {
  type Database,
  type EndpointTrouble,
  recordAttempts,
  type RecordOptions,
  type RecordResult,
} from '@posthorn/db'
import { inHotTransaction } from '@posthorn/db/hot-transaction'
import { type Clock, GroupCommit, idTimeMs } from '@posthorn/runtime'
import { attemptEvent, reportAttempt } from './attempt-events.ts'
import { type Attempt, toAttemptRow } from './attempt.ts'
import type { LeaseLedger } from './lease-ledger.ts'

export interface AttemptRecorderOptions {
  readonly db: Database
  readonly clock: Clock
  readonly ledger: LeaseLedger
  readonly leaseSeconds: number
  /** Seconds of nothing but failure until an endpoint gets probes only; 0: never. */
  readonly breakerAfterSeconds: number
  /** Hears of endpoints that failed in this batch, after the commit. */
  readonly onTrouble: (trouble: EndpointTrouble) => void
  readonly onBatch?: (attempts: number) => void
  readonly onError: (err: unknown) => void
}

/** `fenced`: the lease had passed on, so the attempt counts for nothing. `unknown`: the database was away for too long. */
export type Recorded = 'recorded' | 'fenced' | 'unknown'

const BREAKER_MIN_FAILURES = 20
const RETRY_MS = 250

/** What is sent at a slow pace is recorded with what follows it: a statement costs as much for one as for a few. */
const PATIENT_MS = 1_000

// Nobody waits for a record but the place that it holds: while many come, fewer statements are worth more than that.
const LIMITS = {
  windowMs: 2,
  busyWindowMs: 10,
  maxItems: 500,
  maxWeight: 4_000_000,
  maxWaitingItems: 100_000,
  maxWaitingWeight: 256_000_000,
  maxInFlight: 1,
}

/** Writes finished attempts in groups. Tries again until the lease ends; after that the sweep takes over. */
export class AttemptRecorder implements AsyncDisposable {
  readonly #options: AttemptRecorderOptions
  readonly #group: GroupCommit<Attempt, Recorded>

  constructor(options: AttemptRecorderOptions) {
    this.#options = options
    this.#group = new GroupCommit({
      ...LIMITS,
      commit: (attempts) => this.#commit(attempts),
      weigh: ({ outcome }) =>
        500 + ('response' in outcome ? (outcome.response?.body.length ?? 0) : 0),
      mayBlameOneItem: () => true,
      ...(options.onBatch && { onBatch: options.onBatch }),
    })
  }

  /** `isPatient`: nobody waits for it before the next of its kind, within a second. */
  async record(attempt: Attempt, isPatient = false): Promise<Recorded> {
    const giveUpAtMs = performance.now() + this.#options.leaseSeconds * 1000
    for (;;) {
      try {
        return await this.#group.add(attempt, isPatient ? PATIENT_MS : undefined)
      } catch (err) {
        this.#options.onError(err)
        if (performance.now() > giveUpAtMs) {
          this.#options.ledger.abandon(attempt.delivery.leaseToken)
          return 'unknown'
        }
        await wait(RETRY_MS)
      }
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#group[Symbol.asyncDispose]()
  }

  async #commit(attempts: readonly Attempt[]): Promise<Recorded[]> {
    const { ledger, breakerAfterSeconds, onTrouble } = this.#options
    const tokens = attempts.map((attempt) => attempt.delivery.leaseToken)
    const result = await this.#write(attempts, {
      endedLeases: ledger.endingWith(tokens),
      breakerAfterSeconds,
      breakerMinFailures: BREAKER_MIN_FAILURES,
    })
    ledger.settle(tokens)
    for (const trouble of result.trouble) onTrouble(trouble)
    return attempts.map((attempt) => (result.fenced.has(attempt.id) ? 'fenced' : 'recorded'))
  }

  async #write(attempts: readonly Attempt[], options: RecordOptions): Promise<RecordResult> {
    const rows = attempts.map(toAttemptRow)
    const reported = attempts.filter((attempt) => attemptEvent(attempt) !== null)
    if (reported.length === 0) return recordAttempts(this.#options.db.hot, rows, options)
    return inHotTransaction(this.#options.db.hot, async (client) => {
      const result = await recordAttempts(client, rows, options)
      for (const attempt of reported) {
        if (!result.fenced.has(attempt.id)) await this.#report(client, attempt)
      }
      return result
    })
  }

  async #report(client: Parameters<typeof reportAttempt>[0], attempt: Attempt): Promise<void> {
    const type = attemptEvent(attempt)
    if (type === null) return
    const startedAt = new Date(idTimeMs('atmpt_', attempt.id) ?? this.#options.clock.nowMs())
    await reportAttempt(client, attempt, { type, nowMs: this.#options.clock.nowMs(), startedAt })
  }
}
