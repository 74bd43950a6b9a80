import { withinDeadline } from '@posthorn/runtime'
import type { QueueBackend } from './backend.ts'
import {
  type DeliveryRef,
  MAX_DELIVERIES_PER_JOB,
  type QueuedLease,
  writeRefs,
} from './delivery-job.ts'
import { openBullQueue } from './open-bullmq.ts'
import type { OpenQueue } from './reopened-queue.ts'
import { withDeadline } from './with-deadline.ts'

/**
 * The alarm clock's producing side. Adding is a hint, never a promise: what isn't added (the backend is
 * away, too much waits already) is found by the sweep.
 */
export interface DeliveryQueue extends AsyncDisposable {
  /** Answers how many of them, from the first on, the queue has taken; the rest is the sweep's. */
  dispatch(refs: readonly DeliveryRef[]): number
  /** How many deliveries may be put under one lease for whoever takes its job: none where no job would be taken. */
  roomForLease(): number
  /** False: not taken. What is under the lease comes due when it ends. */
  dispatchLease(lease: QueuedLease): boolean
  /** About how many ids wait in the queue. */
  waitingIds(): number
  /** Whether the last look at the backend succeeded. */
  isReachable(): boolean
  /** Asks the backend, for a bounded time. */
  look(): Promise<QueueLook>
}

export interface QueueLook {
  readonly backend: QueueBackend['kind']
  /** Null: it didn't answer. */
  readonly latencyMs: number | null
  readonly bytes: number | null
}

export interface DeliveryQueueOptions {
  readonly backend: QueueBackend
  readonly onError: (err: Error) => void
}

export const MAX_WAITING_IDS = 10_000
const MAX_ADDS_IN_FLIGHT = 64
const IDS_PER_JOB_WEIGHT = 0.05
const LOOK_MS = 1_000
/** Looks without anything in the queue: only whether it can be reached. */
const IDLE_LOOKS = 5
const CLOSE_DEADLINE_MS = 2_000
const JOB_OPTIONS = { removeOnComplete: true, removeOnFail: true, attempts: 1 }

export function openDeliveryQueue(options: DeliveryQueueOptions): DeliveryQueue {
  const open = openBullQueue(options.backend, options.onError)
  const state = new QueueState(open)
  return {
    dispatch: (refs) => state.addRefs(refs),
    roomForLease: () => state.roomForJob,
    dispatchLease: (lease) => state.addJob(lease, lease.deliveries),
    waitingIds: () => state.waitingIds,
    isReachable: () => state.isReachable,
    look: async () => ({
      backend: options.backend.kind,
      ...(await withinDeadline(lookInto(open), LOOK_DEADLINE_MS, UNREACHABLE)),
    }),
    async [Symbol.asyncDispose]() {
      state[Symbol.dispose]()
      await withDeadline(open[Symbol.asyncDispose](), CLOSE_DEADLINE_MS)
    },
  }
}

const LOOK_DEADLINE_MS = 2_000
const UNREACHABLE = { latencyMs: null, bytes: null }

async function lookInto(open: OpenQueue): Promise<Pick<QueueLook, 'latencyMs' | 'bytes'>> {
  try {
    const startMs = performance.now()
    await open.queue.getWaitingCount()
    const latencyMs = performance.now() - startMs
    return { latencyMs, bytes: await open.bytes() }
  } catch {
    return UNREACHABLE
  }
}

class QueueState implements Disposable {
  readonly #open: Pick<OpenQueue, 'queue'>
  readonly #timer: NodeJS.Timeout
  #addsInFlight = 0
  #addedSinceLook = 0
  #waitingAtLook = 0
  #idsPerJob = 1
  #looking = false
  #idleLooks = 0
  isReachable = true

  constructor(open: Pick<OpenQueue, 'queue'>) {
    this.#open = open
    this.#timer = setInterval(() => void this.#lookIfDue(), LOOK_MS)
    this.#timer.unref()
  }

  get waitingIds(): number {
    return this.#waitingAtLook + this.#addedSinceLook
  }

  get roomForJob(): number {
    if (!this.isReachable || this.#addsInFlight >= MAX_ADDS_IN_FLIGHT) return 0
    return Math.max(0, Math.min(MAX_DELIVERIES_PER_JOB, MAX_WAITING_IDS - this.waitingIds))
  }

  addRefs(refs: readonly DeliveryRef[]): number {
    let taken = 0
    while (taken < refs.length) {
      const batch = refs.slice(taken, taken + MAX_DELIVERIES_PER_JOB)
      if (!this.addJob(writeRefs(batch), batch.length)) break
      taken += batch.length
    }
    return taken
  }

  addJob(data: unknown, deliveries: number): boolean {
    if (deliveries > this.roomForJob) return false
    this.#addsInFlight++
    this.#addedSinceLook += deliveries
    this.#idsPerJob += (deliveries - this.#idsPerJob) * IDS_PER_JOB_WEIGHT
    this.#open.queue
      .add('batch', data, JOB_OPTIONS)
      .then(
        () => (this.isReachable = true),
        () => (this.isReachable = false),
      )
      .finally(() => this.#addsInFlight--)
    return true
  }

  async #lookIfDue(): Promise<void> {
    const isIdle = this.isReachable && this.waitingIds === 0
    this.#idleLooks = isIdle ? this.#idleLooks + 1 : 0
    if (this.#idleLooks % IDLE_LOOKS === 0) await this.#look()
  }

  // Jobs are counted every second; how many ids each holds is known from those added here.
  async #look(): Promise<void> {
    if (this.#looking) return void (this.isReachable = false)
    this.#looking = true
    try {
      const waitingJobs = await this.#open.queue.getWaitingCount()
      this.#waitingAtLook = Math.round(waitingJobs * this.#idsPerJob)
      this.#addedSinceLook = 0
      this.isReachable = true
    } catch {
      this.isReachable = false
    } finally {
      this.#looking = false
    }
  }

  [Symbol.dispose](): void {
    clearInterval(this.#timer)
  }
}
