import { inTransaction } from '@posthorn/db'
import {
  deleteNoticeAddress,
  deletePendingConfirmation,
  findNoticeAddressByToken,
  type LinkedNoticeAddress,
  lockNoticeAddress,
  updateNoticeAddress,
} from '@posthorn/db/notice'
import type { AppScope } from '../actor.ts'
import { recordAudit } from '../audit/record-audit.ts'
import type { CoreContext } from '../context.ts'
import { hashLinkToken, isLinkToken } from '../link-token.ts'
import { maskedEmail } from './masked-email.ts'

type Context = Pick<CoreContext, 'db' | 'clock'>

interface Followed {
  readonly token: string
  readonly requestId: string
  readonly address: string
}

/** Whose link it is; null: nobody's any more. Looking at it changes nothing: mail servers follow links on their own. */
export async function findByLink(
  { db, clock }: Context,
  token: string,
): Promise<LinkedNoticeAddress | null> {
  if (!isLinkToken(token)) return null
  const found = await findNoticeAddressByToken(db.prisma, hashLinkToken(token))
  if (found === null || found.confirmedAt !== null) return found
  return found.confirmBy.getTime() > clock.nowMs() ? found : null
}

/** Answers the address as it is now; null: the link has expired. */
export async function confirmByLink(
  ctx: Context,
  followed: Followed,
): Promise<LinkedNoticeAddress | null> {
  const found = await findByLink(ctx, followed.token)
  if (found === null || found.confirmedAt !== null) return found
  const confirmedAt = new Date(ctx.clock.nowMs())
  return inTransaction(ctx.db, async (tx) => {
    const held = await lockNoticeAddress(tx, found.id)
    if (held === null) return null
    if (held.confirmedAt !== null) return { ...found, confirmedAt: held.confirmedAt }
    await updateNoticeAddress(tx, found.id, { confirmedAt })
    await deletePendingConfirmation(tx, found.id)
    const changes = { confirmed: { from: false, to: true } }
    await recordAudit(tx, scopeOf(found, followed), {
      action: 'notice_address.confirm',
      target: found.id,
      changes,
    })
    return { ...found, confirmedAt }
  })
}

/** Nothing is mailed to it from now on. Asked twice it does nothing more. Answers whose link it was. */
export async function unsubscribeByLink(
  ctx: Context,
  followed: Followed,
): Promise<LinkedNoticeAddress | null> {
  const found = await findByLink(ctx, followed.token)
  if (found === null) return null
  await inTransaction(ctx.db, async (tx) => {
    if (!(await deleteNoticeAddress(tx, found, found.id))) return
    const changes = { email: { from: maskedEmail(found.email), to: null } }
    await recordAudit(tx, scopeOf(found, followed), {
      action: 'notice_address.unsubscribe',
      target: found.id,
      changes,
    })
  })
  return found
}

function scopeOf(
  { orgId, appId }: LinkedNoticeAddress,
  { requestId, address }: Followed,
): AppScope {
  return { orgId, appId, actor: { kind: 'system', reason: 'notice_link' }, requestId, address }
}
