import type { QueueBackend } from './backend.ts'
import { type DeliveryRef, type QueuedLease, readJob } from './delivery-job.ts'
import { openBullWorker } from './open-bullmq.ts'
import { withDeadline } from './with-deadline.ts'

export interface DeliveryConsumerOptions {
  readonly backend: QueueBackend
  /** Jobs taken at the same time; their deliveries are claimed together. */
  readonly slots: number
  /** Resolves when these deliveries are claimed (or found to be somebody else's): the job is done then. */
  readonly claim: (refs: readonly DeliveryRef[]) => Promise<void>
  /** Resolves when what is under the lease is this process's (or found to be somebody else's). */
  readonly take: (lease: QueuedLease) => Promise<void>
  readonly onError: (err: Error) => void
  readonly onUnreadable: (jobId: string | undefined) => void
}

const CLOSE_DEADLINE_MS = 3_000

/** Takes jobs and has their deliveries claimed. A job that fails is dropped: its rows are due, or will be when their lease ends. */
export async function openDeliveryConsumer(
  options: DeliveryConsumerOptions,
): Promise<AsyncDisposable> {
  const open = await openBullWorker(
    options.backend,
    async (job) => {
      const read = readJob(job.data)
      if (read === null) options.onUnreadable(job.id)
      else if (read.kind === 'lease') await options.take(read.lease)
      else await options.claim(read.refs)
    },
    { concurrency: options.slots, onError: options.onError },
  )
  return {
    [Symbol.asyncDispose]: () => withDeadline(open[Symbol.asyncDispose](), CLOSE_DEADLINE_MS),
  }
}
