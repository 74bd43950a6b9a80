import type pg from 'pg'
import type { Database, Transaction } from './database.ts'
import type { ApiKey } from './generated/client.ts'
import { beyond, type KeyWindow } from './keyset.ts'
import { LAZY_COMMIT } from './lazy-commit.ts'

type Reader = Pick<Database['prisma'], 'apiKey'>
interface OrgKey {
  readonly orgId: string
}

export interface NewApiKey {
  readonly id: string
  readonly name: string
  readonly hash: Uint8Array<ArrayBuffer>
  readonly scopes: readonly string[]
  readonly expiresAt: Date | null
  /** Empty: all of the organisation. */
  readonly appIds: readonly string[]
}

export function insertApiKey(tx: Transaction, scope: OrgKey, key: NewApiKey): Promise<ApiKey> {
  const { scopes, appIds, ...fields } = key
  return tx.apiKey.create({
    data: { ...fields, scopes: [...scopes], appIds: [...appIds], orgId: scope.orgId },
  })
}

/** The one look-up without a scope: the key itself says whose it is. */
export function findApiKeyByHash(
  db: Reader,
  hash: Uint8Array<ArrayBuffer>,
): Promise<ApiKey | null> {
  return db.apiKey.findFirst({ where: { hash, revokedAt: null } })
}

/** Revoked or not. */
export async function findApiKeyName(
  db: Reader,
  { orgId }: OrgKey,
  id: string,
): Promise<string | null> {
  const key = await db.apiKey.findFirst({ where: { id, orgId }, select: { name: true } })
  return key?.name ?? null
}

export function listApiKeys(db: Reader, scope: OrgKey, window: KeyWindow): Promise<ApiKey[]> {
  return db.apiKey.findMany({
    where: { orgId: scope.orgId, id: beyond(window) },
    orderBy: { id: window.direction },
    take: window.take,
  })
}

/** False when there is no such key, or it was revoked before. */
export async function markApiKeyRevoked(
  tx: Transaction,
  scope: OrgKey,
  revocation: { readonly id: string; readonly at: Date },
): Promise<boolean> {
  const { count } = await tx.apiKey.updateMany({
    where: { orgId: scope.orgId, id: revocation.id, revokedAt: null },
    data: { revokedAt: revocation.at },
  })
  return count === 1
}

/** While it is not revoked; held until the transaction ends. */
export async function lockApiKey(
  tx: Transaction,
  { orgId }: OrgKey,
  id: string,
): Promise<ApiKey | null> {
  await tx.$queryRaw`SELECT 1 FROM api_key WHERE id = ${id} AND org_id = ${orgId} FOR UPDATE`
  return tx.apiKey.findFirst({ where: { id, orgId, revokedAt: null } })
}

export async function endApiKey(
  tx: Transaction,
  { orgId }: OrgKey,
  { id, at }: { readonly id: string; readonly at: Date },
): Promise<void> {
  await tx.apiKey.updateMany({ where: { id, orgId }, data: { expiresAt: at } })
}

/** Nobody waits for the disk for this, see lazy-commit.ts. */
export async function touchApiKey(
  pool: Pick<pg.Pool, 'query'>,
  { id, at }: { readonly id: string; readonly at: Date },
): Promise<void> {
  await pool.query(`UPDATE api_key SET last_used_at = $2 FROM ${LAZY_COMMIT} WHERE id = $1`, [
    id,
    at,
  ])
}
