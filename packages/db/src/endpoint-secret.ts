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
