import { afterCommit, inTransaction, retryNow as makeDue } from '@posthorn/db'
import type { AppScope } from '../actor.ts'
import { recordAudit } from '../audit/record-audit.ts'
import { ConflictError } from '../errors.ts'
import { type DeliveryContext, getDelivery, type MessageDelivery } from './get-delivery.ts'

export interface RetryNowContext extends DeliveryContext {
  /** Lets the dispatcher look at once; without it the next sweep does. */
  readonly nudge?: (() => void) | undefined
}

/**
 * The next attempt of the schedule is made now instead of at its time; should it fail, the schedule goes on
 * from there. The limit, the breaker and the hold of the endpoint stand.
 * @throws {ConflictError} `no_retry_waits`: no attempt of the schedule waits for its time
 */
export async function retryNow(
  ctx: RetryNowContext,
  scope: AppScope,
  asked: { readonly message: string; readonly endpoint: string },
): Promise<MessageDelivery> {
  const { messageId, endpointId } = await getDelivery(ctx, scope, asked)
  await inTransaction(ctx.db, async (tx) => {
    if (!(await makeDue(tx, { appId: scope.appId, messageId, endpointId }))) {
      const message =
        'No retry waits for its time: it is due or being sent, waits for its endpoint, or is over.'
      throw new ConflictError(message, 'no_retry_waits')
    }
    await recordAudit(tx, scope, {
      action: 'message.retry_now',
      target: messageId,
      changes: { endpointId: { from: null, to: endpointId } },
    })
  })
  afterCommit(ctx.db, () => ctx.nudge?.())
  return getDelivery(ctx, scope, asked)
}
