import { findEndpoint, markEndpointDeleted } from '@posthorn/db'
import type { AppScope } from '../actor.ts'
import type { CoreContext } from '../context.ts'
import { NotFoundError } from '../errors.ts'
import { cancelFirstWaiting, cancelRemainingWaiting } from './cancel-waiting.ts'
import { type EndpointTransaction, inEndpointTransaction } from './endpoint-transaction.ts'
import { recordEndpointChange } from './record-endpoint-change.ts'

const CAUSE = 'endpoint_deleted'

/** The attempts of its messages stay with them. */
export async function deleteEndpoint(
  ctx: CoreContext,
  scope: AppScope,
  idOrUid: string,
): Promise<void> {
  const endpointId = await inEndpointTransaction(ctx, scope, (held) => deleteHeld(held, idOrUid))
  await cancelRemainingWaiting(ctx, scope, { endpointId, cause: CAUSE })
}

async function deleteHeld(held: EndpointTransaction, idOrUid: string): Promise<string> {
  const endpoint = await findEndpoint(held.tx, held.scope, idOrUid)
  if (endpoint === null) throw new NotFoundError()
  await markEndpointDeleted(held.tx, { id: endpoint.id, at: held.now })
  await cancelFirstWaiting(held, { endpointId: endpoint.id, cause: CAUSE })
  const events = [{ type: 'endpoint.deleted' }] as const
  await recordEndpointChange(held, { endpoint, action: 'endpoint.delete', events })
  return endpoint.id
}
