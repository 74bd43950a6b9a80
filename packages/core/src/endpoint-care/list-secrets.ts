import { listLiveSecrets } from '@posthorn/db/endpoint-care'
import type { AppScope } from '../actor.ts'
import type { CoreContext } from '../context.ts'
import { getEndpointRow } from '../endpoint/get-endpoint.ts'
import { fingerprintOf } from '../endpoint/secret-fingerprint.ts'

export interface ShownSecret {
  readonly id: string
  readonly fingerprint: string
  readonly createdAt: Date
  /** Null: the current one. */
  readonly expiresAt: Date | null
}

/** Every secret that signs now, without its value; the current one first. */
export async function listEndpointSecrets(
  ctx: Pick<CoreContext, 'db' | 'vault'>,
  scope: AppScope,
  idOrUid: string,
): Promise<ShownSecret[]> {
  const { id: endpointId } = await getEndpointRow(ctx, scope, idOrUid)
  const secrets = await listLiveSecrets(ctx.db.prisma, endpointId)
  return secrets.map(({ secret, ...shown }) => ({
    ...shown,
    fingerprint: fingerprintOf(ctx.vault.open(secret)),
  }))
}
