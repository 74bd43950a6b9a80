import { inTransaction } from '@posthorn/db'
import type { AppScope } from '../actor.ts'
import { diffChanges } from '../audit/diff-changes.ts'
import { recordAudit } from '../audit/record-audit.ts'
import type { CoreContext } from '../context.ts'

/** Whoever looks for why a receiver fails finds that it was told to. */
export async function recordTestReceiverAnswer(
  ctx: Pick<CoreContext, 'db'>,
  scope: AppScope,
  answer: { readonly statusCode: number; readonly delayMs: number },
): Promise<void> {
  const changes = diffChanges({}, { ...answer })
  await inTransaction(ctx.db, (tx) =>
    recordAudit(tx, scope, { action: 'test_receiver.answer', target: scope.appId, changes }),
  )
}
