import type { Transaction } from './database.ts'
import type { PrismaClient } from './generated/client.ts'

type Reader = PrismaClient | Transaction

export interface NewSecret {
  readonly id: string
  readonly endpointId: string
  /** Sealed. */
  readonly secret: Uint8Array<ArrayBuffer>
}

export async function insertEndpointSecret(tx: Transaction, secret: NewSecret): Promise<void> {
  await tx.endpointSecret.create({ data: secret })
}

/** The sealed current secret. `endpointId` comes from a scoped read of its endpoint. */
export async function findCurrentSecret(
  db: Reader,
  endpointId: string,
): Promise<Uint8Array | null> {
  const row = await db.endpointSecret.findFirst({
    where: { endpointId, expiresAt: null },
    select: { secret: true },
  })
  return row?.secret ?? null
}

/**
 * Lets the current secret sign for `graceSeconds` more and forgets those whose time is over.
 * Answers how many former ones still sign.
 */
export async function retireCurrentSecret(
  tx: Transaction,
  { endpointId, graceSeconds }: { readonly endpointId: string; readonly graceSeconds: number },
): Promise<number> {
  await tx.$executeRaw`
    UPDATE endpoint_secret SET expires_at = now() + make_interval(secs => ${graceSeconds}::float8)
     WHERE endpoint_id = ${endpointId} AND expires_at IS NULL`
  await tx.$executeRaw`
    DELETE FROM endpoint_secret WHERE endpoint_id = ${endpointId} AND expires_at <= now()`
  return tx.endpointSecret.count({ where: { endpointId, expiresAt: { not: null } } })
}

const MAX_ENDPOINTS = 20
const MAX_SECRETS = 250

/** Those of an application with exactly this URL. */
export async function listEndpointsAt(
  db: Reader,
  scope: { readonly orgId: string; readonly appId: string },
  url: string,
): Promise<string[]> {
  const { orgId, appId } = scope
  const rows = await db.endpoint.findMany({
    where: { orgId, appId, deletedAt: null, url },
    select: { id: true },
    orderBy: { id: 'asc' },
    take: MAX_ENDPOINTS,
  })
  return rows.map((row) => row.id)
}

/** Sealed, the current one and former ones. The ids come from a scoped read. */
export function listEndpointSecrets(db: Reader, endpointIds: readonly string[]) {
  return db.endpointSecret.findMany({
    where: { endpointId: { in: [...endpointIds] } },
    select: { endpointId: true, secret: true, expiresAt: true },
    orderBy: { id: 'desc' },
    take: MAX_SECRETS,
  })
}
