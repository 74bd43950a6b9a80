import * as z from 'zod'
import { iteratorOf, listOf, pageQuery } from './list.ts'
import { lineText } from './text.ts'
import { Timestamp, TimestampOut } from './timestamp.ts'

export const AuditRecordOut = z
  .object({
    id: z.string(),
    /** `user:usr_…`, `key:key_…`, `token:…`, `portal:…`, `system:…`, `receiver`. */
    actor: z.string(),
    /** Of a user. */
    actorName: z.string().nullable(),
    action: z.string(),
    target: z.string(),
    appId: z.string().nullable(),
    isOperational: z.boolean().describe('It is about an operational webhook'),
    changes: z.record(z.string(), z.object({ from: z.unknown(), to: z.unknown() })).nullable(),
    requestId: z.string().nullable(),
    address: z.string().nullable().describe('Where the request came from; null: of no request'),
    timestamp: TimestampOut,
  })
  .meta({ id: 'AuditRecordOut' })
export type AuditRecordOut = z.infer<typeof AuditRecordOut>

export const AuditRecordList = listOf(AuditRecordOut, 'AuditRecordOut')
export type AuditRecordList = z.infer<typeof AuditRecordList>

const Filter = lineText(256).min(1).optional()

export const AuditListQuery = pageQuery(iteratorOf('audit_')).extend({
  actor: Filter.describe('Whole'),
  action: Filter.describe('Whole, or its beginning up to a dot: endpoint'),
  target: Filter.describe('Whole'),
  app_id: Filter,
  before: Timestamp.optional(),
  after: Timestamp.optional(),
})
export type AuditListQuery = z.output<typeof AuditListQuery>
