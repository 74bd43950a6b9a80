import type { Database, Transaction } from './database.ts'
import { Prisma } from './generated/client.ts'
import { direction, type IdRange, matchesOfSlice, withinRange } from './id-range.ts'
import {
  isFiltering,
  type MessageFilter,
  messageMatchesOf,
  payloadBytes,
  type ScannedRow,
} from './message.ts'

/**
 * Attempts are listed by their own id: by message within one partition, by endpoint over all of them
 * (`attempt_endpoint`, merged): an old message's partition holds the resend of today.
 */

type Scope = { readonly appId: string }

export interface AttemptFilter extends MessageFilter {
  readonly success?: boolean | undefined
  /** 0 is 0–99, 100 is 100–199, and so on. */
  readonly statusClass?: number | undefined
  readonly endpointId?: string | undefined
  /** What it failed for. */
  readonly code?: string | undefined
}

export interface AttemptScan {
  readonly of: { readonly endpointId: string } | { readonly messageId: string }
  readonly filter: AttemptFilter
  /** Whether the message's payload comes along, and so has to be weighed. */
  readonly withMessage: boolean
}

export interface ScannedAttempt extends ScannedRow {
  readonly messageId: string
}

export interface AttemptRecord {
  readonly id: string
  readonly messageId: string
  readonly endpointId: string
  readonly trigger: 'scheduled' | 'manual'
  readonly number: number
  readonly success: boolean
  readonly code: string | null
  readonly params: unknown
  readonly url: string
  readonly responseStatus: number
  readonly responseBody: string | null
  readonly responseHeaders: unknown
  readonly durationMs: number
  readonly timing: unknown
  readonly nextAttemptAt: Date | null
  /** Who asked for it by hand. */
  readonly actor: string | null
  /** By a task, of which there may be no row any more. */
  readonly taskId: string | null
}

export function attemptScanSql(scope: Scope, scan: AttemptScan, range: IdRange): Prisma.Sql {
  const owner =
    'endpointId' in scan.of
      ? Prisma.sql`endpoint_id = ${scan.of.endpointId}`
      : Prisma.sql`message_id = ${scan.of.messageId}`
  const rows = Prisma.sql`
    SELECT a.id, a.message_id AS "messageId", ${attemptMatches(scope, scan.filter)} AS matches
      FROM (SELECT id, message_id, endpoint_id, success, response_status, code FROM attempt
             WHERE ${owner} ${withinRange('id', range)}) a
     ORDER BY a.id ${direction(range)}`
  const bytes = scan.withMessage ? payloadBytes(scope, 'k."messageId"') : Prisma.sql`0`
  return matchesOfSlice({ rows, bytes }, range)
}

export function scanAttempts(
  db: Database,
  ...[scope, scan, range]: Parameters<typeof attemptScanSql>
): Promise<ScannedAttempt[]> {
  return db.prisma.$queryRaw<ScannedAttempt[]>(attemptScanSql(scope, scan, range))
}

function attemptMatches(scope: Scope, filter: AttemptFilter): Prisma.Sql {
  const conditions = [Prisma.sql`true`]
  if (filter.success !== undefined) conditions.push(Prisma.sql`a.success = ${filter.success}`)
  if (filter.endpointId !== undefined) {
    conditions.push(Prisma.sql`a.endpoint_id = ${filter.endpointId}`)
  }
  if (filter.statusClass !== undefined) {
    conditions.push(
      Prisma.sql`a.response_status BETWEEN ${filter.statusClass}::int AND ${filter.statusClass + 99}::int`,
    )
  }
  if (filter.code !== undefined) conditions.push(Prisma.sql`a.code = ${filter.code}`)
  if (isFiltering(filter)) conditions.push(messageMatchesOf(scope, filter, 'a'))
  return Prisma.sql`(${Prisma.join(conditions, ' AND ')})`
}

interface AttemptKeys {
  readonly messageIds: readonly string[]
  readonly ids: readonly string[]
}

/** In no particular order; message ids and attempt ids go pairwise. */
export function loadAttempts(
  db: Database,
  scope: Scope,
  input: AttemptKeys & { readonly withContent: boolean },
): Promise<AttemptRecord[]> {
  const body = input.withContent ? Prisma.sql`response_body` : Prisma.sql`NULL::text`
  return db.prisma.$queryRaw<AttemptRecord[]>`
    SELECT id, message_id AS "messageId", endpoint_id AS "endpointId", trigger::text, number, success,
           code, params, url, response_status AS "responseStatus", ${body} AS "responseBody",
           response_headers AS "responseHeaders", duration_ms AS "durationMs", timing,
           next_attempt_at AS "nextAttemptAt", actor, task_id AS "taskId"
      FROM attempt
      JOIN unnest(${[...input.messageIds]}::text[], ${[...input.ids]}::text[]) AS k (message_id, id)
     USING (message_id, id)
     WHERE app_id = ${scope.appId}`
}

/** What the receiver said is removed; that it was, stays visible. False: there is no such attempt. */
export async function expungeResponse(
  tx: Transaction,
  scope: Scope,
  input: { readonly messageId: string; readonly id: string },
): Promise<boolean> {
  const changed = await tx.$executeRaw`
    UPDATE attempt SET response_body = 'EXPUNGED', response_headers = NULL
     WHERE message_id = ${input.messageId} AND id = ${input.id} AND app_id = ${scope.appId}`
  return changed > 0
}
