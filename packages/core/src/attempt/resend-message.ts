import {
  afterCommit,
  type Database,
  hasPayload,
  inTransaction,
  requestManualDelivery,
  shareEndpoint,
  type Transaction,
} from '@posthorn/db'
import { actorText, type AppScope } from '../actor.ts'
import { recordAudit } from '../audit/record-audit.ts'
import { NotFoundError, RefusedError } from '../errors.ts'
import { getMessageId } from '../message/get-message.ts'

export interface ResendContext {
  readonly db: Database
  /** Lets the dispatcher look at once; without it the next sweep does. */
  readonly nudge?: (() => void) | undefined
}

export interface ResendInput {
  readonly message: string
  readonly endpoint: string
}

/** One more attempt by hand, past the endpoint's filters. The schedule's own delivery is left alone. */
export async function resendMessage(
  ctx: ResendContext,
  scope: AppScope,
  input: ResendInput,
): Promise<void> {
  const messageId = await getMessageId(ctx, scope, input.message)
  await inTransaction(ctx.db, async (tx) => {
    const endpointId = await getLiveEndpointId(tx, scope, input.endpoint)
    if (!(await hasPayload(tx, scope, messageId))) {
      throw new RefusedError('missing_payload', 'The payload of this message is no longer stored.')
    }
    await request(tx, scope, { messageId, endpointId })
  })
  afterCommit(ctx.db, () => ctx.nudge?.())
}

// The endpoint stays as it is until the commit: disabling it afterwards finds the delivery and cancels it.
async function getLiveEndpointId(
  tx: Transaction,
  scope: AppScope,
  idOrUid: string,
): Promise<string> {
  const endpoint = await shareEndpoint(tx, scope, idOrUid)
  if (endpoint === null) throw new NotFoundError()
  if (endpoint.disabled) {
    throw new RefusedError('endpoint_disabled', 'The endpoint is disabled: enable it first.')
  }
  return endpoint.id
}

async function request(
  tx: Transaction,
  scope: AppScope,
  ids: { readonly messageId: string; readonly endpointId: string },
): Promise<void> {
  const isNew = await requestManualDelivery(tx, scope, { ...ids, actor: actorText(scope.actor) })
  if (!isNew) return
  await recordAudit(tx, scope, {
    action: 'message.resend',
    target: ids.messageId,
    changes: { endpointId: { from: null, to: ids.endpointId } },
  })
}
