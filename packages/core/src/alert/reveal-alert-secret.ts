import { inTransaction } from '@posthorn/db'
import { findAlertRule } from '@posthorn/db/alert'
import { presentSecret } from '@posthorn/signing'
import type { OrgScope } from '../actor.ts'
import { recordAudit } from '../audit/record-audit.ts'
import type { CoreContext } from '../context.ts'
import { NotFoundError } from '../errors.ts'
import { openTarget } from './alert-target.ts'
import { orNotFound } from './get-alert-rule.ts'

/** What the receiver of a signed webhook verifies with. Audited. */
export async function revealAlertSecret(
  ctx: CoreContext,
  scope: OrgScope,
  id: string,
): Promise<string> {
  const rule = await orNotFound(findAlertRule(ctx.db.prisma, scope, id))
  const target = openTarget(ctx, rule.target)
  if (target.kind !== 'webhook') throw new NotFoundError('Only a signed webhook has a secret')
  await inTransaction(ctx.db, (tx) =>
    recordAudit(tx, scope, { action: 'alert.reveal_secret', target: id }),
  )
  return presentSecret(target.secret)
}
