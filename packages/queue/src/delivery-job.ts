import * as z from 'zod'

/** A delivery by its ids: jobs never carry payloads. */
export interface DeliveryRef {
  readonly messageId: string
  readonly endpointId: string
  readonly trigger: 'scheduled' | 'manual'
}

/** Deliveries that one commit put under a lease for whoever takes the job; the database knows which. */
export interface QueuedLease {
  readonly token: string
  /** One of its messages: all of them are of one week. */
  readonly messageId: string
  readonly deliveries: number
}

export const MAX_DELIVERIES_PER_JOB = 250

const Refs = z
  .array(z.tuple([z.string(), z.string(), z.enum(['scheduled', 'manual'])]))
  .max(MAX_DELIVERIES_PER_JOB)

const Lease = z.object({
  token: z.uuid(),
  messageId: z.string(),
  deliveries: z.int().min(1).max(MAX_DELIVERIES_PER_JOB),
})

const Job = z.union([Refs, Lease])

export type DeliveryJob =
  | { readonly kind: 'refs'; readonly refs: readonly DeliveryRef[] }
  | { readonly kind: 'lease'; readonly lease: QueuedLease }

export function writeRefs(refs: readonly DeliveryRef[]): z.infer<typeof Refs> {
  return refs.map((ref) => [ref.messageId, ref.endpointId, ref.trigger])
}

/** Null: not a job of ours; nothing is lost with it, since the sweep finds what is due. */
export function readJob(data: unknown): DeliveryJob | null {
  const { data: job } = Job.safeParse(data)
  if (job === undefined) return null
  if (!Array.isArray(job)) return { kind: 'lease', lease: job }
  const refs = job.map(([messageId, endpointId, trigger]) => ({ messageId, endpointId, trigger }))
  return { kind: 'refs', refs }
}
