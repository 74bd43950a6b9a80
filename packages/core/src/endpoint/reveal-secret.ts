import { findCurrentSecret, inTransaction } from '@posthorn/db'
import { presentSecret } from '@posthorn/signing'
import type { AppScope } from '../actor.ts'
import { recordAudit } from '../audit/record-audit.ts'
import type { CoreContext } from '../context.ts'
import { NotFoundError } from '../errors.ts'
import { getEndpointRow } from './get-endpoint.ts'

/** What a receiver verifies with: the secret itself, or the public half of a key pair. Audited. */
export async function revealEndpointSecret(
  ctx: Pick<CoreContext, 'db' | 'vault'>,
  scope: AppScope,
  idOrUid: string,
): Promise<string> {
  const { id } = await getEndpointRow(ctx, scope, idOrUid)
  return inTransaction(ctx.db, async (tx) => {
    const sealed = await findCurrentSecret(tx, id)
    if (sealed === null) throw new NotFoundError()
    await recordAudit(tx, scope, { action: 'endpoint.reveal_secret', target: id })
    return presentSecret(ctx.vault.open(sealed))
  })
}
