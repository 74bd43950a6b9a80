import { inTransaction, lockApplication, type Transaction } from '@posthorn/db'
import { type CallLimit, takeOneOfEach } from '@posthorn/db/ingest'
import {
  deleteNoticeAddress as deleteRow,
  deleteUnconfirmed,
  findNoticeAddress,
  insertNoticeAddress,
  insertNoticeMail,
  listNoticeAddresses as listRows,
  type NoticeAddressRow,
  updateNoticeAddress,
} from '@posthorn/db/notice'
import { newId } from '@posthorn/runtime'
import type { AppScope } from '../actor.ts'
import { recordAudit } from '../audit/record-audit.ts'
import type { CoreContext } from '../context.ts'
import {
  ConflictError,
  InvalidInputError,
  LimitedError,
  NotFoundError,
  RefusedError,
} from '../errors.ts'
import { hashLinkToken, newLinkToken } from '../link-token.ts'
import { mailboxKey, maskedEmail } from './masked-email.ts'
import { type Notice, NOTICES } from './notice-kind.ts'

export interface NoticeContext extends CoreContext {
  /** Whether this installation sends e-mail, and knows where its links lead. */
  readonly canNotify: boolean
}

export interface NoticeAddressInput {
  readonly email: string
  readonly notices: readonly Notice[]
  readonly language: 'en' | 'de'
}

export interface NoticeAddressView extends Omit<NoticeAddressRow, 'notices' | 'language'> {
  readonly notices: readonly Notice[]
  readonly language: 'en' | 'de'
}

export const NOTICE_ADDRESSES_AT_MOST = 5
const CONFIRM_MS = 24 * 3_600_000
const DAY_MS = 86_400_000
/** What asks for confirmation comes unasked: a stranger's mailbox gets few of them, whoever enters it. */
const TO_ONE_MAILBOX: CallLimit = { calls: 3, windowMs: 7 * DAY_MS }
const OF_ONE_APPLICATION: CallLimit = { calls: 10, windowMs: DAY_MS }

export async function listNoticeAddresses(
  ctx: Pick<CoreContext, 'db' | 'clock'>,
  scope: AppScope,
): Promise<NoticeAddressView[]> {
  const rows = await listRows(ctx.db.prisma, scope, new Date(ctx.clock.nowMs()))
  return rows.map(toView)
}

/** Nothing but the mail that asks for confirmation is sent to it, once, until its link is followed. */
export async function addNoticeAddress(
  ctx: NoticeContext,
  scope: AppScope,
  input: NoticeAddressInput,
): Promise<NoticeAddressView> {
  requireMail(ctx)
  const email = input.email.toLowerCase()
  const now = new Date(ctx.clock.nowMs())
  return inTransaction(ctx.db, async (tx) => {
    if ((await lockApplication(tx, scope)) === null) throw new NotFoundError()
    await deleteUnconfirmed(tx, { appId: scope.appId, now })
    await requireRoom(tx, { scope, email, now })
    await requireCalls(ctx, { scope, email })
    const token = newLinkToken()
    const address = await insertNoticeAddress(tx, scope, {
      id: newId('ntc_', now.getTime()),
      email,
      notices: [...input.notices],
      language: input.language,
      token: ctx.vault.seal(token),
      tokenHash: hashLinkToken(token),
      confirmBy: new Date(now.getTime() + CONFIRM_MS),
      createdAt: now,
    })
    await insertNoticeMail(tx, {
      id: newId('mail_', now.getTime()),
      addressId: address.id,
      kind: 'confirmation',
      content: {},
      nextAttemptAt: now,
    })
    const changes = {
      email: { from: null, to: maskedEmail(email) },
      notices: { from: [], to: [...input.notices] },
    }
    await recordAudit(tx, scope, { action: 'notice_address.create', target: address.id, changes })
    return toView(address)
  })
}

/** @throws {InvalidInputError} where nothing is mailed */
function requireMail({ canNotify }: NoticeContext): void {
  if (canNotify) return
  const message =
    'Notices by e-mail are not set up here: they need POSTHORN_SMTP_URL, POSTHORN_SMTP_FROM and POSTHORN_PUBLIC_URL.'
  throw new InvalidInputError([{ path: ['body', 'email'], message, type: 'smtp_not_configured' }])
}

interface Asked {
  readonly scope: AppScope
  readonly email: string
}

async function requireRoom(
  tx: Transaction,
  { scope, email, now }: Asked & { readonly now: Date },
): Promise<void> {
  const there = await listRows(tx, scope, now)
  if (there.some((address) => address.email === email))
    throw new ConflictError('This address is among them already.')
  if (there.length >= NOTICE_ADDRESSES_AT_MOST)
    throw new RefusedError(
      'limit_reached',
      `At most ${NOTICE_ADDRESSES_AT_MOST} addresses: remove one first.`,
    )
}

/**
 * Counted whatever becomes of the address: removing it makes no room. What is refused counts for nobody, so that neither
 * uses up the other's: not an application's ten by asking for a full mailbox, not a stranger's three by one that has none left.
 */
async function requireCalls({ db }: NoticeContext, { scope, email }: Asked): Promise<void> {
  const fullForMs = await takeOneOfEach(db.hot, [
    { key: `notice_to:${mailboxKey(email)}`, limit: TO_ONE_MAILBOX },
    { key: `notice_app:${scope.appId}`, limit: OF_ONE_APPLICATION },
  ])
  if (fullForMs === null) return
  const message = 'Too many confirmations were asked for: none is sent for now.'
  throw new LimitedError(message, Math.max(1, Math.ceil(fullForMs / 1000)))
}

export async function changeNotices(
  ctx: Pick<CoreContext, 'db'>,
  scope: AppScope,
  { id, notices }: { readonly id: string; readonly notices: readonly Notice[] },
): Promise<NoticeAddressView> {
  return inTransaction(ctx.db, async (tx) => {
    const before = await orNotFound(findNoticeAddress(tx, scope, id))
    if (before.notices.join() !== notices.join()) {
      await updateNoticeAddress(tx, id, { notices: [...notices] })
      const changes = { notices: { from: before.notices, to: [...notices] } }
      await recordAudit(tx, scope, { action: 'notice_address.update', target: id, changes })
    }
    return toView({ ...before, notices: [...notices] })
  })
}

/** With what it was still to be told. */
export async function removeNoticeAddress(
  ctx: Pick<CoreContext, 'db'>,
  scope: AppScope,
  id: string,
): Promise<void> {
  await inTransaction(ctx.db, async (tx) => {
    const { email } = await orNotFound(findNoticeAddress(tx, scope, id))
    await deleteRow(tx, scope, id)
    const changes = { email: { from: maskedEmail(email), to: null } }
    await recordAudit(tx, scope, { action: 'notice_address.delete', target: id, changes })
  })
}

async function orNotFound(found: Promise<NoticeAddressRow | null>): Promise<NoticeAddressRow> {
  const address = await found
  if (address === null) throw new NotFoundError()
  return address
}

/** The database checks that the columns hold nothing else. */
function toView(row: NoticeAddressRow): NoticeAddressView {
  const { notices, language } = row
  return {
    ...row,
    notices: NOTICES.filter((notice) => notices.includes(notice)),
    language: language === 'de' ? 'de' : 'en',
  }
}
