import type { Database, Transaction } from './database.ts'
import type { Prisma, Source } from './generated/client.ts'
import { beyond, type KeyWindow } from './keyset.ts'

type Reader = Pick<Database['prisma'], 'source'>
interface OrgKey {
  readonly orgId: string
}

/** With an application only its sources. */
interface OwnerKey extends OrgKey {
  readonly appId?: string
}

export interface SourceColumns {
  readonly uid: string | null
  readonly name: string
  readonly type: string
  readonly config: Uint8Array<ArrayBuffer>
  readonly secrets: Uint8Array<ArrayBuffer>
  readonly options: Prisma.InputJsonObject
  readonly metadata: Readonly<Record<string, string>>
}

/** By id or uid. */
export function findSource(db: Reader, scope: OwnerKey, idOrUid: string): Promise<Source | null> {
  const key = idOrUid.startsWith('src_') ? { id: idOrUid } : { uid: idOrUid }
  return db.source.findFirst({ where: { ...key, ...ownedBy(scope), deletedAt: null } })
}

/** Locks the row: what is compared and changed is the same state. */
export async function lockSource(
  tx: Transaction,
  { orgId, appId }: OwnerKey,
  idOrUid: string,
): Promise<Source | null> {
  const rows = await tx.$queryRaw<{ id: string }[]>`
    SELECT id FROM source
     WHERE org_id = ${orgId} AND (id = ${idOrUid} OR uid = ${idOrUid}) AND deleted_at IS NULL
       AND (${appId ?? null}::text IS NULL OR app_id = ${appId ?? null})
       FOR UPDATE`
  const id = rows[0]?.id
  return id === undefined ? null : tx.source.findUnique({ where: { id } })
}

/** The one look-up without a scope: a flow's URL names nothing else. Null also when its application is gone. */
export async function findSourceById(
  db: Reader & Pick<Database['prisma'], 'application'>,
  id: string,
): Promise<Source | null> {
  const source = await db.source.findFirst({ where: { id, deletedAt: null } })
  if (source === null) return null
  const lives = await db.application.count({ where: { id: source.appId, deletedAt: null } })
  return lives === 0 ? null : source
}

export function listSources(
  db: Reader,
  scope: OwnerKey,
  window: KeyWindow & { readonly type?: string },
): Promise<Source[]> {
  const ofType = window.type === undefined ? {} : { type: window.type }
  return db.source.findMany({
    where: { ...ownedBy(scope), deletedAt: null, id: beyond(window), ...ofType },
    orderBy: { id: window.direction },
    take: window.take,
  })
}

export function countSources(db: Reader, scope: OwnerKey): Promise<number> {
  return db.source.count({ where: { ...ownedBy(scope), deletedAt: null } })
}

function ownedBy({ orgId, appId }: OwnerKey) {
  return { orgId, ...(appId !== undefined && { appId }) }
}

/** Null when the uid is taken, without an error, so that the transaction can go on. */
export async function insertSource(
  tx: Transaction,
  scope: OrgKey,
  source: SourceColumns & { readonly id: string; readonly appId: string },
): Promise<Source | null> {
  const { options, metadata, ...rest } = source
  const data = {
    ...rest,
    orgId: scope.orgId,
    options: { ...options },
    metadata: { ...metadata },
  }
  const [created] = await tx.source.createManyAndReturn({ data: [data], skipDuplicates: true })
  return created ?? null
}

export function updateSource(
  tx: Transaction,
  source: { readonly id: string },
  { options, metadata, ...rest }: Partial<SourceColumns>,
): Promise<Source> {
  const data: Prisma.SourceUpdateInput = { ...rest, updatedAt: new Date() }
  if (options !== undefined) data.options = { ...options }
  if (metadata !== undefined) data.metadata = { ...metadata }
  return tx.source.update({ where: { id: source.id }, data })
}

/** Its uid and its URLs are free at once; its requests stay until retention. */
export function markSourceDeleted(tx: Transaction, sourceId: string): Promise<void> {
  return markDeleted(tx, [sourceId])
}

/** Of an application that ends: they would publish into nothing. */
export async function markSourcesOfApplicationDeleted(
  tx: Transaction,
  { orgId, appId }: Required<OwnerKey>,
): Promise<void> {
  const rows = await tx.$queryRaw<{ id: string }[]>`
    SELECT id FROM source
     WHERE org_id = ${orgId} AND app_id = ${appId} AND deleted_at IS NULL ORDER BY id FOR UPDATE`
  await markDeleted(
    tx,
    rows.map(({ id }) => id),
  )
}

async function markDeleted(tx: Transaction, ids: readonly string[]): Promise<void> {
  await tx.$executeRaw`
    UPDATE source SET deleted_at = now(), updated_at = now(), uid = NULL WHERE id = ANY(${ids})`
  await tx.$executeRaw`DELETE FROM source_token WHERE source_id = ANY(${ids})`
  await tx.$executeRaw`DELETE FROM source_schedule WHERE source_id = ANY(${ids})`
  await tx.$executeRaw`DELETE FROM quarantined_request WHERE source_id = ANY(${ids})`
}

/** Makes the application the source's own: it is listed nowhere. */
export async function ownApplication(
  tx: Transaction,
  { appId, sourceId }: { readonly appId: string; readonly sourceId: string },
): Promise<void> {
  await tx.application.update({ where: { id: appId }, data: { sourceId } })
}

export interface NewSourceToken {
  readonly sourceId: string
  readonly hash: Uint8Array<ArrayBuffer>
  readonly token: Uint8Array<ArrayBuffer>
}

export async function insertSourceToken(tx: Transaction, token: NewSourceToken): Promise<void> {
  await tx.sourceToken.create({ data: token })
}

/** The URL in use goes on working for `hours`. */
export async function retireSourceToken(
  tx: Transaction,
  { sourceId, hours }: { readonly sourceId: string; readonly hours: number },
): Promise<void> {
  await tx.$executeRaw`
    UPDATE source_token SET expires_at = now() + make_interval(hours => ${hours})
     WHERE source_id = ${sourceId} AND expires_at IS NULL`
}

/** Sealed; by source. */
export async function findCurrentSourceToken(
  db: Pick<Database['prisma'], 'sourceToken'>,
  sourceIds: readonly string[],
): Promise<Map<string, Uint8Array>> {
  const tokens = await db.sourceToken.findMany({
    where: { sourceId: { in: [...sourceIds] }, expiresAt: null },
  })
  return new Map(tokens.map(({ sourceId, token }) => [sourceId, token]))
}

export interface SourceAtUrl {
  readonly source: Source
  /** Null: as long as the source. */
  readonly expiresAt: Date | null
}

/** Whose URL this is; null also when the token's time is over, or the source or its application is gone. */
export async function findSourceByTokenHash(
  db: Pick<Database['prisma'], '$queryRaw' | 'source'>,
  hash: Uint8Array,
): Promise<SourceAtUrl | null> {
  const rows = await db.$queryRaw<{ sourceId: string; expiresAt: Date | null }[]>`
    SELECT t.source_id AS "sourceId", t.expires_at AS "expiresAt"
      FROM source_token t JOIN source s ON s.id = t.source_id JOIN application a ON a.id = s.app_id
     WHERE t.hash = ${hash} AND (t.expires_at > now()) IS NOT FALSE
       AND s.deleted_at IS NULL AND a.deleted_at IS NULL`
  const [row] = rows
  if (row === undefined) return null
  const source = await db.source.findUnique({ where: { id: row.sourceId } })
  return source === null ? null : { source, expiresAt: row.expiresAt }
}
