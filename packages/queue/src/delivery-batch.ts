import * as z from 'zod'

/** What a job carries: the ids of deliveries that one commit made, never payloads. */
export interface DeliveryRef {
  readonly messageId: string
  readonly endpointId: string
  readonly trigger: 'scheduled' | 'manual'
}

export const MAX_REFS_PER_JOB = 250

const Batch = z
  .array(z.tuple([z.string(), z.string(), z.enum(['scheduled', 'manual'])]))
  .max(MAX_REFS_PER_JOB)
export type Batch = z.infer<typeof Batch>

export function writeBatch(refs: readonly DeliveryRef[]): Batch {
  return refs.map((ref) => [ref.messageId, ref.endpointId, ref.trigger])
}

/** Null: not a job of ours; nothing is lost with it, since the sweep finds what is due. */
export function readBatch(data: unknown): DeliveryRef[] | null {
  const batch = Batch.safeParse(data)
  if (!batch.success) return null
  return batch.data.map(([messageId, endpointId, trigger]) => ({ messageId, endpointId, trigger }))
}
