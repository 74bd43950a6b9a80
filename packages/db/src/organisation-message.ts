import { type LimitedKey, withinLimit } from './application-limit.ts'
import type { Database } from './database.ts'
import { Prisma } from './generated/client.ts'
import type { DeliveryStatus } from './generated/enums.ts'
import { direction, type IdRange, matchesOfSlice, withinRange } from './id-range.ts'
import type { ScannedRow } from './message.ts'

interface OrgKey {
  readonly orgId: string
}

/** What a message must be to be listed; an absent one filters nothing. */
export interface OrganisationMessageFilter {
  readonly eventTypes?: readonly string[] | undefined
  readonly channel?: string | undefined
  readonly tag?: string | undefined
  readonly appId?: string | undefined
  /** Of any of its deliveries; `unmatched`: it has none; `schema_errors`: its payload isn't as its type says. */
  readonly status?: DeliveryStatus | 'unmatched' | 'schema_errors' | undefined
  /** With `status`: of the same delivery. */
  readonly cause?: string | undefined
  /** Of any of its attempts. */
  readonly answered?: { readonly from: number; readonly to: number } | undefined
  /** Of the endpoint of that delivery, as it is now. */
  readonly host?: string | undefined
}

export interface OrganisationMessage {
  readonly id: string
  readonly appId: string
  readonly appName: string
  readonly appUid: string | null
  readonly eventType: string
  readonly eventId: string | null
  readonly channels: string[]
  readonly tags: string[]
  readonly unmatched: string | null
  /** Of its deliveries, of the first thousand. */
  readonly pending: number
  readonly delivered: number
  readonly failed: number
  readonly canceled: number
}

const DELIVERIES_AT_MOST = 1_000
const ATTEMPTS_AT_MOST = 1_000

/** Walks the index of all messages: those of other organisations are passed over like what the filter leaves out. */
export function scanOrganisationMessages(
  db: Database,
  scope: LimitedKey,
  { filter, range }: { readonly filter: OrganisationMessageFilter; readonly range: IdRange },
): Promise<ScannedRow[]> {
  const rows = Prisma.sql`
    SELECT m.id, ${ownedBy(scope)} AND ${matches(filter)} AS matches
      FROM (SELECT id, app_id, event_type, channels, tags, unmatched, schema_errors FROM message
             WHERE ${ofApplication(scope, filter)} ${withinRange('id', range)}) m
     ORDER BY m.id ${direction(range)}`
  return db.prisma.$queryRaw<ScannedRow[]>(matchesOfSlice({ rows, bytes: Prisma.sql`0` }, range))
}

// A scalar sub-select is one probe a row; a join may be planned as a scan.
function ownedBy(scope: LimitedKey): Prisma.Sql {
  return Prisma.sql`coalesce((SELECT a.org_id = ${scope.orgId} AND NOT a.operational AND a.deleted_at IS NULL AND ${withinLimit('a.id', scope)}
    FROM application a WHERE a.id = m.app_id), false)`
}

// With one the key's own order serves: the walk then meets nobody else's messages.
function ofApplication(
  { appIds }: LimitedKey,
  { appId = appIds?.length === 1 ? appIds[0] : undefined }: OrganisationMessageFilter,
): Prisma.Sql {
  return appId === undefined ? Prisma.sql`true` : Prisma.sql`app_id = ${appId}`
}

function matches(filter: OrganisationMessageFilter): Prisma.Sql {
  const { eventTypes, channel, tag, status, answered } = filter
  const conditions = [Prisma.sql`true`]
  if (eventTypes !== undefined)
    conditions.push(Prisma.sql`m.event_type = ANY (${[...eventTypes]}::text[])`)
  if (channel !== undefined) conditions.push(Prisma.sql`${channel}::text = ANY (m.channels)`)
  if (tag !== undefined) conditions.push(Prisma.sql`${tag}::text = ANY (m.tags)`)
  if (status === 'unmatched') conditions.push(Prisma.sql`m.unmatched IS NOT NULL`)
  if (status === 'schema_errors') conditions.push(Prisma.sql`m.schema_errors IS NOT NULL`)
  const ofDelivery = deliveryMatches(filter)
  if (ofDelivery.length > 0) conditions.push(hasDelivery(ofDelivery))
  if (answered !== undefined) conditions.push(wasAnswered(answered))
  return Prisma.sql`(${Prisma.join(conditions, ' AND ')})`
}

function deliveryMatches({ status, cause, host }: OrganisationMessageFilter): Prisma.Sql[] {
  const conditions: Prisma.Sql[] = []
  if (status !== undefined && status !== 'unmatched' && status !== 'schema_errors')
    conditions.push(Prisma.sql`d.status = ${status}::delivery_status`)
  if (cause !== undefined) conditions.push(Prisma.sql`d.cause = ${cause}`)
  if (host !== undefined)
    conditions.push(
      Prisma.sql`(SELECT e.host = ${host.toLowerCase()} FROM endpoint e WHERE e.id = d.endpoint_id)`,
    )
  return conditions
}

function hasDelivery(conditions: Prisma.Sql[]): Prisma.Sql {
  return Prisma.sql`coalesce((SELECT bool_or(${Prisma.join(conditions, ' AND ')}) FROM (
    SELECT status, cause, endpoint_id FROM delivery WHERE message_id = m.id LIMIT ${DELIVERIES_AT_MOST}) d), false)`
}

function wasAnswered({ from, to }: NonNullable<OrganisationMessageFilter['answered']>): Prisma.Sql {
  return Prisma.sql`coalesce((SELECT bool_or(a.response_status BETWEEN ${from}::int AND ${to}::int) FROM (
    SELECT response_status FROM attempt WHERE message_id = m.id LIMIT ${ATTEMPTS_AT_MOST}) a), false)`
}

/** In no particular order, without those that retention took in the meantime. */
export function loadOrganisationMessages(
  db: Database,
  { orgId }: OrgKey,
  ids: readonly string[],
): Promise<OrganisationMessage[]> {
  return db.prisma.$queryRaw<OrganisationMessage[]>`
    SELECT m.id, m.app_id AS "appId", a.name AS "appName", a.uid AS "appUid", m.event_type AS "eventType",
           m.event_id AS "eventId", m.channels, m.tags, m.unmatched,
           d.pending, d.delivered, d.failed, d.canceled
      FROM unnest(${[...ids]}::text[]) asked (id)
      CROSS JOIN LATERAL (SELECT * FROM message WHERE id = asked.id LIMIT 1) m
      JOIN application a ON a.id = m.app_id AND a.org_id = ${orgId}
      CROSS JOIN LATERAL (
        SELECT count(*) FILTER (WHERE status = 'pending')::int AS pending,
               count(*) FILTER (WHERE status = 'delivered')::int AS delivered,
               count(*) FILTER (WHERE status = 'failed')::int AS failed,
               count(*) FILTER (WHERE status = 'canceled')::int AS canceled
          FROM (SELECT status FROM delivery WHERE message_id = m.id LIMIT ${DELIVERIES_AT_MOST}) first) d`
}
