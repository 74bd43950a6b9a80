import * as z from 'zod'
import { iteratorOf, listOf, listQuery } from './list.ts'
import { TimestampOut } from './timestamp.ts'

const SourceOutcome = z
  .enum(['accepted', 'duplicate', 'handshake', 'refused', 'throttled', 'quarantined', 'missed'])
  .meta({ id: 'SourceOutcome' })

export const SourceRequestOut = z
  .object({
    id: z.string(),
    outcome: SourceOutcome,
    reason: z.string().nullable(),
    detail: z.string().nullable(),
    messageId: z.string().nullable(),
    eventType: z.string().nullable(),
    method: z.string(),
    path: z.string(),
    address: z.string(),
    contentType: z.string().nullable(),
    bodyBytes: z.int(),
    headers: z.record(z.string(), z.string()).describe('Without credentials and signatures'),
    timestamp: TimestampOut,
  })
  .meta({ id: 'SourceRequestOut' })
export type SourceRequestOut = z.infer<typeof SourceRequestOut>

export const SourceRequestList = listOf(SourceRequestOut, 'SourceRequestOut')
export const SourceRequestListQuery = listQuery(iteratorOf('srcreq_')).extend({
  outcome: SourceOutcome.optional(),
})

export const QuarantinedRequestOut = z
  .object({
    id: z.string(),
    reason: z.string(),
    detail: z.string(),
    method: z.string(),
    path: z.string(),
    address: z.string(),
    receivedAt: TimestampOut,
    releasedAt: TimestampOut.nullable(),
    messageId: z.string().nullable(),
  })
  .meta({ id: 'QuarantinedRequestOut' })
export type QuarantinedRequestOut = z.infer<typeof QuarantinedRequestOut>

/** With its body: as text where it is UTF-8, else as Base64. */
export const QuarantinedRequestDetailOut = QuarantinedRequestOut.extend({
  body: z.string().nullable(),
  bodyBase64: z.string().nullable(),
}).meta({ id: 'QuarantinedRequestDetailOut' })
export type QuarantinedRequestDetailOut = z.infer<typeof QuarantinedRequestDetailOut>

export const QuarantinedRequestList = listOf(QuarantinedRequestOut, 'QuarantinedRequestOut')
export const QuarantinedRequestListQuery = listQuery(iteratorOf('srcreq_'))

export const ReleaseAllIn = z
  .object({
    reason: z.string().min(1).max(64).exactOptional().describe('Only those refused for it'),
    iterator: iteratorOf('srcreq_').exactOptional().describe('Where the step before ended'),
  })
  .meta({ id: 'ReleaseAllIn' })

export const ReleasedManyOut = z
  .object({
    released: z.int(),
    stillRefused: z.int(),
    iterator: z.string().nullable(),
    done: z.boolean().describe('False: go on from `iterator`; 50 are judged at once'),
  })
  .meta({ id: 'ReleasedManyOut' })
export type ReleasedManyOut = z.infer<typeof ReleasedManyOut>

export const ReleasedOut = z.object({ messageId: z.string() }).meta({ id: 'ReleasedOut' })
