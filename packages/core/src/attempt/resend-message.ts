import {
  afterCommit,
  type Database,
  hasPayload,
  inTransaction,
  requestManualDelivery,
  type Transaction,
} from '@posthorn/db'
import { actorText, type AppScope } from '../actor.ts'
import { recordAudit } from '../audit/record-audit.ts'
import { shareEnabledEndpoint } from '../endpoint/share-enabled-endpoint.ts'
import { RefusedError } from '../errors.ts'
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
    const endpointId = await shareEnabledEndpoint(tx, scope, input.endpoint)
    if (!(await hasPayload(tx, scope, messageId))) {
      throw new RefusedError('missing_payload', 'The payload of this message is no longer stored.')
    }
    await request(tx, scope, { messageId, endpointId })
  })
  afterCommit(ctx.db, () => ctx.nudge?.())
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
