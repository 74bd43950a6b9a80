import { findEndpoint, updateEndpoint } from '@posthorn/db'
import { deleteFormerSecrets } from '@posthorn/db/endpoint-care'
import type { AppScope } from '../actor.ts'
import { WITHHELD } from '../audit/diff-changes.ts'
import type { CoreContext } from '../context.ts'
import { inEndpointTransaction } from '../endpoint/endpoint-transaction.ts'
import { recordEndpointChange } from '../endpoint/record-endpoint-change.ts'
import { NotFoundError } from '../errors.ts'

/** From now on the current secret alone signs. Asked again it changes nothing. */
export function endSecretGrace(ctx: CoreContext, scope: AppScope, idOrUid: string): Promise<void> {
  return inEndpointTransaction(ctx, scope, async (held) => {
    const { tx, now } = held
    const endpoint = await findEndpoint(tx, scope, idOrUid)
    if (endpoint === null) throw new NotFoundError()
    if ((await deleteFormerSecrets(tx, endpoint.id)) === 0) return
    await updateEndpoint(tx, { id: endpoint.id, fields: {}, at: now })
    await recordEndpointChange(held, {
      endpoint,
      action: 'endpoint.end_secret_grace',
      changes: { formerSecret: { from: WITHHELD, to: null } },
      events: [{ type: 'endpoint.updated' }],
    })
  })
}
