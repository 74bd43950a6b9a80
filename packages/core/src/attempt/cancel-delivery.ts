import { cancelDelivery as cancelRows, inTransaction } from '@posthorn/db'
import { actorText, type AppScope } from '../actor.ts'
import { recordAudit } from '../audit/record-audit.ts'
import { ConflictError } from '../errors.ts'
import { type DeliveryContext, getDelivery, type MessageDelivery } from './get-delivery.ts'

/**
 * Nothing of a message waits for this endpoint any more, by schedule or by hand. What is being sent at the
 * moment is left alone.
 * @throws {ConflictError} `nothing_waits`: it is being sent, or it is over
 */
export async function cancelDelivery(
  ctx: DeliveryContext,
  scope: AppScope,
  asked: { readonly message: string; readonly endpoint: string },
): Promise<MessageDelivery> {
  const { messageId, endpointId } = await getDelivery(ctx, scope, asked)
  await inTransaction(ctx.db, async (tx) => {
    const actor = actorText(scope.actor)
    const canceled = await cancelRows(tx, { appId: scope.appId, messageId, endpointId, actor })
    if (canceled.length === 0) {
      const message = 'Nothing waits: it is being sent right now, or it is over.'
      throw new ConflictError(message, 'nothing_waits')
    }
    await recordAudit(tx, scope, {
      action: 'message.cancel_delivery',
      target: messageId,
      changes: { endpointId: { from: endpointId, to: null } },
    })
  })
  return getDelivery(ctx, scope, asked)
}
