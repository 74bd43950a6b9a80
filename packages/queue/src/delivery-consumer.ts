import type { QueueBackend } from './backend.ts'
import { type DeliveryRef, readBatch } from './delivery-batch.ts'
import { openBullWorker } from './open-bullmq.ts'
import { withDeadline } from './with-deadline.ts'

export interface DeliveryConsumerOptions {
  readonly backend: QueueBackend
  /** Jobs taken at the same time; their deliveries are claimed together. */
  readonly slots: number
  /** Resolves when these deliveries are claimed (or found to be somebody else's): the job is done then. */
  readonly claim: (refs: readonly DeliveryRef[]) => Promise<void>
  readonly onError: (err: Error) => void
  readonly onUnreadable: (jobId: string | undefined) => void
}

const CLOSE_DEADLINE_MS = 3_000

/** Takes batch jobs and has their deliveries claimed. A job that fails is dropped: its rows are still due. */
export async function openDeliveryConsumer(
  options: DeliveryConsumerOptions,
): Promise<AsyncDisposable> {
  const open = await openBullWorker(
    options.backend,
    async (job) => {
      const refs = readBatch(job.data)
      if (refs === null) options.onUnreadable(job.id)
      else await options.claim(refs)
    },
    { concurrency: options.slots, onError: options.onError },
  )
  return {
    [Symbol.asyncDispose]: () => withDeadline(open[Symbol.asyncDispose](), CLOSE_DEADLINE_MS),
  }
}
