import type pg from 'pg'
import type { Database } from './database.ts'
import type { QuarantinedRequest, SourceRequest } from './generated/client.ts'
import { byteaArray, float8Array, int4Array, textArray } from './hot/binary-array.ts'
import { beyond, type KeyWindow } from './keyset.ts'
import { LAZY_COMMIT } from './lazy-commit.ts'

export type SourceRequestRow = SourceRequest
export type QuarantinedRow = QuarantinedRequest

/** What a request came to. `handshake`: it only asked whether the URL wants the webhooks. */
export type SourceOutcome =
  | 'accepted'
  | 'duplicate'
  | 'handshake'
  | 'refused'
  | 'throttled'
  | 'quarantined'
  /** Ticks of a schedule passed while nothing ran. */
  | 'missed'

export interface NewSourceRequest {
  readonly sourceId: string
  readonly id: string
  readonly outcome: SourceOutcome
  readonly reason: string | null
  readonly detail: string | null
  readonly messageId: string | null
  readonly eventType: string | null
  readonly method: string
  readonly path: string
  readonly address: string
  readonly contentType: string | null
  readonly bodyBytes: number
  /** JSON text of an object, without credentials and signatures. */
  readonly headers: string
}

/** Those that became no message: an accepted one is written with it. Committed lazily, like the quarantined. */
export async function insertSourceRequests(
  pool: Pick<pg.Pool, 'query'>,
  rows: readonly NewSourceRequest[],
): Promise<void> {
  await pool.query({
    name: 'insert_source_requests',
    text: `
      INSERT INTO source_request (source_id, id, outcome, reason, detail, message_id, event_type, method, path,
                                  address, content_type, body_bytes, headers)
      SELECT source_id, id, outcome, reason, detail, message_id, event_type, method, path,
             address, content_type, body_bytes, headers::jsonb
        FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[],
                    $9::text[], $10::text[], $11::text[], $12::integer[], $13::text[])
          AS r (source_id, id, outcome, reason, detail, message_id, event_type, method, path,
                address, content_type, body_bytes, headers), ${LAZY_COMMIT}`,
    values: [
      ...(['sourceId', 'id', 'outcome', 'reason', 'detail', 'messageId', 'eventType'] as const).map(
        (name) => textArray(rows.map((row) => row[name])),
      ),
      textArray(rows.map((row) => row.method)),
      textArray(rows.map((row) => row.path)),
      textArray(rows.map((row) => row.address)),
      textArray(rows.map((row) => row.contentType)),
      int4Array(rows.map((row) => row.bodyBytes)),
      textArray(rows.map((row) => row.headers)),
    ],
  })
}

export interface NewQuarantined {
  readonly sourceId: string
  readonly id: string
  readonly reason: string
  readonly detail: string
  readonly method: string
  readonly path: string
  readonly address: string
  /** Sealed. */
  readonly request: Uint8Array
  readonly body: Uint8Array
  readonly receivedAtMs: number
  readonly keptDays: number
  /** How many of its source are kept with it. */
  readonly keptRequests: number
}

/** The newest of a source are kept, as many as the last of these says. */
export async function insertQuarantined(
  pool: Pick<pg.Pool, 'query'>,
  rows: readonly NewQuarantined[],
): Promise<void> {
  await pool.query({
    name: 'insert_quarantined',
    text: `
      INSERT INTO quarantined_request (source_id, id, reason, detail, method, path, address, request, body, received_at, expires_at)
      SELECT r.source_id, r.id, r.reason, r.detail, r.method, r.path, r.address, r.request, r.body,
             to_timestamp(r.at / 1000), to_timestamp(r.at / 1000) + r.days * interval '1 day'
        FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[],
                    $8::bytea[], $9::bytea[], $10::float8[], $11::integer[])
          AS r (source_id, id, reason, detail, method, path, address, request, body, at, days)
        JOIN source s ON s.id = r.source_id AND s.deleted_at IS NULL, ${LAZY_COMMIT}
      ON CONFLICT DO NOTHING`,
    values: [
      ...(['sourceId', 'id', 'reason', 'detail', 'method', 'path', 'address'] as const).map(
        (name) => textArray(rows.map((row) => row[name])),
      ),
      byteaArray(rows.map((row) => row.request)),
      byteaArray(rows.map((row) => row.body)),
      float8Array(rows.map((row) => row.receivedAtMs)),
      int4Array(rows.map((row) => row.keptDays)),
    ],
  })
  const most = new Map(rows.map((row) => [row.sourceId, row.keptRequests]))
  for (const [sourceId, keptRequests] of most) await trim(pool, sourceId, keptRequests)
}

/** Of a source ($1) all but the newest ($2). */
const trimSql = (using = ''): string => `
  DELETE FROM quarantined_request ${using} WHERE source_id = $1 AND id <= (
    SELECT id FROM quarantined_request WHERE source_id = $1 ORDER BY id DESC OFFSET $2 LIMIT 1)`

async function trim(
  pool: Pick<pg.Pool, 'query'>,
  sourceId: string,
  keptRequests: number,
): Promise<void> {
  await pool.query({
    name: 'trim_quarantine',
    text: trimSql(`USING ${LAZY_COMMIT}`),
    values: [sourceId, keptRequests],
  })
}

interface QuarantineBounds {
  readonly sourceId: string
  readonly keptDays: number
  readonly keptRequests: number
}

/** What a source keeps already keeps to its new bounds, too. */
export async function boundQuarantine(
  tx: Pick<Database['prisma'], '$executeRaw' | '$executeRawUnsafe'>,
  { sourceId, keptDays, keptRequests }: QuarantineBounds,
): Promise<void> {
  await tx.$executeRawUnsafe(trimSql(), sourceId, keptRequests)
  await tx.$executeRaw`
    UPDATE quarantined_request SET expires_at = received_at + ${keptDays}::integer * interval '1 day'
     WHERE source_id = ${sourceId}`
}

/** The message of the request that had the key first; null: its time is over. */
export async function findSourceKeyMessage(
  db: Pick<Database, 'hot'>,
  { sourceId, key }: { readonly sourceId: string; readonly key: Uint8Array },
): Promise<string | null> {
  const { rows } = await db.hot.query<{ message_id: string }>(
    'SELECT message_id FROM source_key WHERE source_id = $1 AND key = $2 AND expires_at > now()',
    [sourceId, key],
  )
  return rows[0]?.message_id ?? null
}

interface SourceKey {
  readonly sourceId: string
}

export function listSourceRequests(
  db: Pick<Database['prisma'], 'sourceRequest'>,
  { sourceId }: SourceKey,
  window: KeyWindow,
): Promise<SourceRequest[]> {
  return db.sourceRequest.findMany({
    where: { sourceId, id: beyond(window) },
    orderBy: { id: window.direction },
    take: window.take,
  })
}

export function findSourceRequest(
  db: Pick<Database['prisma'], 'sourceRequest'>,
  { sourceId }: SourceKey,
  id: string,
): Promise<SourceRequest | null> {
  return db.sourceRequest.findUnique({ where: { sourceId_id: { sourceId, id } } })
}

/** Without their bodies. */
export function listQuarantined(
  db: Pick<Database['prisma'], 'quarantinedRequest'>,
  { sourceId }: SourceKey,
  window: KeyWindow,
): Promise<Omit<QuarantinedRequest, 'body'>[]> {
  return db.quarantinedRequest.findMany({
    where: { sourceId, id: beyond(window) },
    orderBy: { id: window.direction },
    take: window.take,
    omit: { body: true },
  })
}

export function findQuarantined(
  db: Pick<Database['prisma'], 'quarantinedRequest'>,
  { sourceId }: SourceKey,
  id: string,
): Promise<QuarantinedRequest | null> {
  return db.quarantinedRequest.findUnique({ where: { sourceId_id: { sourceId, id } } })
}

/** Answers whether it was not yet. */
export async function markReleased(
  db: Pick<Database['prisma'], '$executeRaw'>,
  { sourceId }: SourceKey,
  released: { readonly id: string; readonly messageId: string },
): Promise<boolean> {
  const marked = await db.$executeRaw`
    UPDATE quarantined_request SET released_at = now(), message_id = ${released.messageId}
     WHERE source_id = ${sourceId} AND id = ${released.id} AND released_at IS NULL`
  return marked > 0
}
