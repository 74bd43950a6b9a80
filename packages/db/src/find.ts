import { type LimitedKey, withinLimit } from './application-limit.ts'
import type { PrismaClient } from './generated/client.ts'

type Reader = Pick<PrismaClient, '$queryRaw'>

export interface FoundApplication {
  readonly id: string
  readonly uid: string | null
  readonly name: string
}

export interface FoundEndpoint {
  readonly id: string
  readonly appId: string
  readonly appName: string
  readonly url: string
  readonly description: string
  readonly disabled: boolean
}

export interface FoundMessage {
  readonly id: string
  readonly appId: string
  readonly appName: string
  readonly eventType: string
  readonly eventId: string | null
}

/** What a name may contain is looked for among this many, the newest. */
const SCAN_AT_MOST = 10_000
/** Sorts behind every text that begins so, byte by byte. */
const BEYOND = '\u{10FFFF}'

/** By the beginning of name or uid, over all; by what these or a value of the metadata contain, among the newest 10,000. */
export function findApplications(
  db: Reader,
  scope: LimitedKey,
  { text, take }: { readonly text: string; readonly take: number },
): Promise<FoundApplication[]> {
  const { orgId } = scope
  const isWithin = withinLimit('id', scope)
  const [start, end] = [text.toLowerCase(), text.toLowerCase() + BEYOND]
  return db.$queryRaw<FoundApplication[]>`
    SELECT * FROM (
      (SELECT id, uid, name FROM application
        WHERE org_id = ${orgId} AND deleted_at IS NULL AND NOT operational AND source_id IS NULL AND ${isWithin}
          AND lower(name) ~>=~ ${start} AND lower(name) ~<~ ${end} LIMIT ${take})
      UNION
      (SELECT id, uid, name FROM application
        WHERE org_id = ${orgId} AND deleted_at IS NULL AND NOT operational AND source_id IS NULL AND ${isWithin}
          AND lower(uid) ~>=~ ${start} AND lower(uid) ~<~ ${end} LIMIT ${take})
      UNION
      (SELECT id, uid, name FROM (
         SELECT id, uid, name, metadata FROM application
          WHERE org_id = ${orgId} AND deleted_at IS NULL AND NOT operational AND source_id IS NULL AND ${isWithin}
          ORDER BY id DESC LIMIT ${SCAN_AT_MOST}) newest
        WHERE position(${start} IN lower(name)) > 0 OR position(${start} IN lower(uid)) > 0
           OR metadata <> '{}' AND EXISTS (SELECT 1 FROM jsonb_each_text(metadata) m WHERE position(${start} IN lower(m.value)) > 0)
        LIMIT ${take})
    ) found
    ORDER BY lower(name), id LIMIT ${take}`
}

/** An id, a host or a domain by its beginning or end, or a URL: `path` is what follows its host. */
export interface EndpointText {
  readonly id: string | null
  readonly host: string
  readonly path: string | null
  readonly take: number
}

export function findEndpoints(
  db: Reader,
  scope: LimitedKey,
  text: EndpointText,
): Promise<FoundEndpoint[]> {
  const { orgId } = scope
  const isWithin = withinLimit('app_id', scope)
  const { id, host, path, take } = text
  return db.$queryRaw<FoundEndpoint[]>`
    SELECT e.id, e.app_id AS "appId", a.name AS "appName", e.url, e.description, e.disabled
      FROM (
        (SELECT id FROM endpoint WHERE id = ${id}::text AND org_id = ${orgId} AND deleted_at IS NULL AND ${isWithin})
        UNION
        (SELECT id FROM endpoint
          WHERE org_id = ${orgId} AND deleted_at IS NULL AND ${isWithin} AND ${path}::text IS NULL AND ${host} <> ''
            AND host >= ${host} AND host < ${host + BEYOND} ORDER BY host, id LIMIT ${take})
        UNION
        (SELECT id FROM endpoint
          WHERE org_id = ${orgId} AND deleted_at IS NULL AND ${isWithin} AND ${path}::text IS NULL AND ${host} <> ''
            AND reverse(host) >= reverse(${host}::text) AND reverse(host) < reverse(${host}::text) || ${BEYOND}::text
          ORDER BY reverse(host), id LIMIT ${take})
        UNION
        (SELECT id FROM (
           SELECT id, url FROM endpoint
            WHERE org_id = ${orgId} AND deleted_at IS NULL AND ${isWithin} AND host = ${host}
            ORDER BY id DESC LIMIT ${SCAN_AT_MOST}) here
          WHERE position(${path}::text IN lower(url)) > 0 LIMIT ${take})
      ) found
      JOIN endpoint e ON e.id = found.id
      JOIN application a ON a.id = e.app_id AND NOT a.operational AND a.deleted_at IS NULL
     ORDER BY e.id LIMIT ${take}`
}

/** By message id or `eventId`: one probe an application for the latter, none of the messages is scanned. */
export function findMessages(
  db: Reader,
  scope: LimitedKey,
  { text, take }: { readonly text: string; readonly take: number },
): Promise<FoundMessage[]> {
  const { orgId } = scope
  const isWithin = withinLimit('a.id', scope)
  return db.$queryRaw<FoundMessage[]>`
    SELECT m.id, m.app_id AS "appId", a.name AS "appName", m.event_type AS "eventType", m.event_id AS "eventId"
      FROM (
        SELECT a.id, a.name, ${text}::text AS message_id FROM (SELECT app_id FROM message WHERE id = ${text} LIMIT 1) named
          JOIN application a ON a.id = named.app_id AND a.org_id = ${orgId} AND NOT a.operational AND a.deleted_at IS NULL AND ${isWithin}
        UNION ALL
        (SELECT a.id, a.name, e.message_id
           FROM application a, LATERAL (SELECT message_id FROM message_event_id
                                         WHERE app_id = a.id AND event_id = ${text} LIMIT 1) e
          WHERE a.org_id = ${orgId} AND NOT a.operational AND a.deleted_at IS NULL AND ${isWithin} LIMIT ${take})
      ) a
      CROSS JOIN LATERAL (SELECT id, app_id, event_type, event_id FROM message
                           WHERE app_id = a.id AND id = a.message_id LIMIT 1) m
     ORDER BY m.id DESC LIMIT ${take}`
}
