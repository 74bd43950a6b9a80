import { isId } from '@posthorn/runtime'
import type { Database, Transaction } from './database.ts'
import { type DeliveryProgress, hasProgress } from './delivery-progress.ts'
import { Prisma } from './generated/client.ts'
import type { PayloadForm } from './hot/received-columns.ts'
import { direction, type IdRange, matchesOfSlice, withinRange } from './id-range.ts'

type Queryable = Pick<Transaction, '$queryRaw' | '$executeRaw'>
type Scope = { readonly appId: string }

/** What a message must carry to be listed; an absent one filters nothing. */
export interface MessageFilter {
  readonly channel?: string | undefined
  readonly tag?: string | undefined
  readonly eventTypes?: readonly string[] | undefined
}

/** A row that a list came by: one that the filter lets through, or the last of a slice. */
export interface ScannedRow {
  readonly id: string
  readonly matches: boolean
  /** How much its content weighs. */
  readonly bytes: number
  /** How many rows its slice looked at. */
  readonly scanned: number
}

export interface MessageRow {
  readonly id: string
  readonly eventType: string
  readonly eventId: string | null
  readonly channels: string[]
  readonly tags: string[]
  /** The publisher's text; null when it is gone, or wasn't asked for. */
  readonly payload: string | null
  /** Of a body that a source received; absent or null: JSON. */
  readonly contentType?: string | null
  /** Null: `payload` is a JSON object. */
  readonly payloadForm?: PayloadForm | null
  readonly schemaErrors: unknown
  readonly unmatched: string | null
}

export interface MessageScan {
  readonly filter: MessageFilter
  /** Of any of its deliveries; absent: whatever became of it. */
  readonly progress?: readonly DeliveryProgress[] | undefined
  readonly withContent: boolean
}

/** Walks the primary key (app_id, id), partition by partition: the filter looks at what `take` brought. */
export function messageScanSql(scope: Scope, scan: MessageScan, range: IdRange): Prisma.Sql {
  const { progress } = scan
  const stands = progress === undefined ? Prisma.sql`true` : hasProgress(scope.appId, progress)
  const rows = Prisma.sql`
    SELECT m.id, ${messageMatches(scan.filter)} AND ${stands} AS matches
      FROM (SELECT id, event_type, channels, tags FROM message
             WHERE app_id = ${scope.appId} ${withinRange('id', range)}) m
     ORDER BY m.id ${direction(range)}`
  const bytes = scan.withContent ? payloadBytes(scope, 'k.id') : Prisma.sql`0`
  return matchesOfSlice({ rows, bytes }, range)
}

export function scanMessages(
  db: Database,
  ...[scope, scan, range]: Parameters<typeof messageScanSql>
): Promise<ScannedRow[]> {
  return db.prisma.$queryRaw<ScannedRow[]>(messageScanSql(scope, scan, range))
}

export function isFiltering(filter: MessageFilter): boolean {
  return filter.channel !== undefined || filter.tag !== undefined || filter.eventTypes !== undefined
}

type Owner = 'a' | 'd'

// Scalar sub-selects, because a join may be planned as a scan of all the application's messages:
// these are one probe of one partition for each row (an attempt `a`, a delivery `d`) of a slice.
export function messageMatchesOf(scope: Scope, filter: MessageFilter, of: Owner): Prisma.Sql {
  return Prisma.sql`coalesce((SELECT ${messageMatches(filter)} FROM message m
     WHERE m.app_id = ${scope.appId} AND m.id = ${Prisma.raw(of)}.message_id), false)`
}

export function payloadBytes(scope: Scope, messageId: 'k.id' | 'k."messageId"'): Prisma.Sql {
  return Prisma.sql`coalesce((SELECT octet_length(m.payload) FROM message m
     WHERE m.app_id = ${scope.appId} AND m.id = ${Prisma.raw(messageId)}), 0)`
}

/** A condition on the message called `m`. */
function messageMatches(filter: MessageFilter): Prisma.Sql {
  const conditions = [Prisma.sql`true`]
  if (filter.channel !== undefined) {
    conditions.push(Prisma.sql`${filter.channel}::text = ANY (m.channels)`)
  }
  if (filter.tag !== undefined) conditions.push(Prisma.sql`${filter.tag}::text = ANY (m.tags)`)
  if (filter.eventTypes !== undefined) {
    conditions.push(Prisma.sql`m.event_type = ANY (${[...filter.eventTypes]}::text[])`)
  }
  return Prisma.sql`(${Prisma.join(conditions, ' AND ')})`
}

/** In no particular order. A payload past its time is gone by the database's clock, swept or not. */
export function loadMessages(
  db: Database,
  scope: Scope,
  input: { readonly ids: readonly string[]; readonly withContent: boolean },
): Promise<MessageRow[]> {
  const payload = input.withContent ? LIVE_PAYLOAD : Prisma.sql`NULL::text`
  return db.prisma.$queryRaw<MessageRow[]>`
    SELECT id, event_type AS "eventType", event_id AS "eventId", channels, tags,
           ${payload} AS payload, content_type AS "contentType", payload_form AS "payloadForm",
           schema_errors AS "schemaErrors", unmatched
      FROM message WHERE app_id = ${scope.appId} AND id = ANY (${[...input.ids]}::text[])`
}

export interface MessageOrigin {
  /** An actor's text, or a source. */
  readonly publisher: string
  /** Not past its time by the database's clock, swept or not. */
  readonly hasPayload: boolean
  /** Null: it stays as long as the message. */
  readonly payloadExpiresAt: Date | null
}

/** What lists don't tell. Null: there is no such message. */
export async function findMessageOrigin(
  db: Queryable,
  scope: Scope,
  messageId: string,
): Promise<MessageOrigin | null> {
  const rows = await db.$queryRaw<MessageOrigin[]>`
    SELECT publisher, payload_expires_at AS "payloadExpiresAt",
           payload IS NOT NULL AND (payload_expires_at > now()) IS NOT FALSE AS "hasPayload"
      FROM message WHERE app_id = ${scope.appId} AND id = ${messageId}`
  return rows[0] ?? null
}

const LIVE_PAYLOAD = Prisma.sql`CASE WHEN payload_expires_at <= now() THEN NULL ELSE payload END`

/** The id of the message that a path names by id or `eventId`. */
export async function findMessageId(
  db: Queryable,
  scope: Scope,
  idOrEventId: string,
): Promise<string | null> {
  const rows = isId('msg_', idOrEventId)
    ? await db.$queryRaw<{ id: string }[]>`
        SELECT id FROM message WHERE app_id = ${scope.appId} AND id = ${idOrEventId}`
    : await db.$queryRaw<{ id: string }[]>`
        SELECT m.id FROM message_event_id e JOIN message m ON m.app_id = e.app_id AND m.id = e.message_id
         WHERE e.app_id = ${scope.appId} AND e.event_id = ${idOrEventId}`
  return rows[0]?.id ?? null
}

export async function hasPayload(db: Queryable, scope: Scope, messageId: string): Promise<boolean> {
  const rows = await db.$queryRaw<{ live: boolean }[]>`
    SELECT (${LIVE_PAYLOAD}) IS NOT NULL AS live
      FROM message WHERE app_id = ${scope.appId} AND id = ${messageId}`
  return rows[0]?.live ?? false
}

/** Whether there was anything to remove. */
export async function removePayload(
  db: Queryable,
  scope: Scope,
  messageId: string,
): Promise<boolean> {
  const changed = await db.$executeRaw`
    UPDATE message SET payload = NULL, original = NULL
     WHERE app_id = ${scope.appId} AND id = ${messageId} AND payload IS NOT NULL`
  return changed > 0
}
