import { setTimeout as wait } from 'node:timers/promises'
import {
  type Database,
  type EndpointTrouble,
  type HotClient,
  recordAttempts,
  type RecordOptions,
} from '@posthorn/db'
import { noteAskedDisablings } from '@posthorn/db/asked-disabling'
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
  /** A receiver asked for its endpoint's end, which is noted with the attempt. After the commit. */
  readonly onAskedDisabling: () => void
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
    const { db, ledger, breakerAfterSeconds, onTrouble, onAskedDisabling } = this.#options
    const tokens = attempts.map((attempt) => attempt.delivery.leaseToken)
    const result = await recordAttempts(db.hot, attempts.map(toAttemptRow), {
      endedLeases: ledger.endingWith(tokens),
      breakerAfterSeconds,
      breakerMinFailures: BREAKER_MIN_FAILURES,
      alongside: this.#alongside(attempts),
    })
    ledger.settle(tokens)
    for (const trouble of result.trouble) onTrouble(trouble)
    if (attempts.some(asksToDisable)) onAskedDisabling()
    return attempts.map((attempt) => (result.fenced.has(attempt.id) ? 'fenced' : 'recorded'))
  }

  /** What an attempt asks for beside its row: few do, and none of the others pays for a transaction. */
  #alongside(attempts: readonly Attempt[]): NonNullable<RecordOptions['alongside']> {
    const asking = attempts.filter((one) => attemptEvent(one) !== null || asksToDisable(one))
    return {
      attemptIds: new Set(asking.map(({ id }) => id)),
      write: async (client, attemptIds) => {
        const counting = asking.filter(({ id }) => attemptIds.includes(id))
        const asked = counting.filter(asksToDisable).map(({ id: attemptId, delivery }) => ({
          attemptId,
          endpointId: delivery.endpoint.id,
        }))
        if (asked.length > 0) await noteAskedDisablings(client, asked)
        for (const attempt of counting) await this.#report(client, attempt)
      },
    }
  }

  async #report(client: HotClient, attempt: Attempt): Promise<void> {
    const type = attemptEvent(attempt)
    if (type === null) return
    const startedAt = new Date(idTimeMs('atmpt_', attempt.id) ?? this.#options.clock.nowMs())
    await reportAttempt(client, attempt, { type, nowMs: this.#options.clock.nowMs(), startedAt })
  }
}

function asksToDisable({ next }: Attempt): boolean {
  return 'disable' in next && next.disable
}
