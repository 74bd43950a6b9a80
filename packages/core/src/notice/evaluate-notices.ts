import { inTransaction } from '@posthorn/db'
import {
  insertNoticeMail,
  listNoticedEndpoints,
  listTellableAddresses,
  lockNoticeAddress,
  type NoticeAddressRow,
  updateNoticeAddress,
} from '@posthorn/db/notice'
import { newId } from '@posthorn/runtime'
import type { CoreContext } from '../context.ts'
import { decideNotices, type NoticeDecision, type Told } from './decide-notices.ts'
import { noticeContent } from './notice-content.ts'
import {
  DISABLED_WITHIN_DAYS,
  NOTICES,
  type Trouble,
  troubleOf,
  UNTOLD_DISABLERS,
} from './notice-kind.ts'

export interface NoticesContext extends Pick<CoreContext, 'db' | 'clock'> {
  readonly disableAfterSeconds: number
}

/**
 * Looks at what every confirmed address should know, and answers how many mails were written: each in the transaction
 * that says so. One worker at a time does this for economy; two at once tell nothing twice, as an address is held
 * while it is decided on. An address that can't be looked at keeps no other from it.
 */
export async function evaluateNotices(ctx: NoticesContext): Promise<number> {
  const now = new Date(ctx.clock.nowMs())
  const troubles = await findTroubles(ctx, now)
  const addresses = await listTellableAddresses(ctx.db.prisma, [...troubles.keys()])
  const failures: unknown[] = []
  let written = 0
  for (const address of addresses) {
    try {
      if (await settle(ctx, address, troubles.get(address.appId) ?? [])) written++
    } catch (err) {
      failures.push(err)
    }
  }
  if (failures.length > 0) throw new AggregateError(failures, 'Some addresses were not looked at.')
  return written
}

/** By application. */
async function findTroubles(
  { db, disableAfterSeconds }: NoticesContext,
  now: Date,
): Promise<Map<string, Trouble[]>> {
  const rule = { disabledBy: UNTOLD_DISABLERS, withinDays: DISABLED_WITHIN_DAYS }
  const endpoints = await listNoticedEndpoints(db.prisma, rule)
  const troubles = endpoints.flatMap(
    (endpoint) => troubleOf(endpoint, { now, disableAfterSeconds }) ?? [],
  )
  return Map.groupBy(troubles, ({ appId }) => appId)
}

async function settle(
  ctx: NoticesContext,
  address: NoticeAddressRow,
  troubles: readonly Trouble[],
): Promise<boolean> {
  const now = new Date(ctx.clock.nowMs())
  if (isSame(address, decide(address, troubles, now))) return false
  return inTransaction(ctx.db, async (tx) => {
    const held = await lockNoticeAddress(tx, address.id)
    if (held === null || held.confirmedAt === null) return false
    const { news, ...standing } = decide(held, troubles, now)
    const { told, newsSince, toldAt } = standing
    await updateNoticeAddress(tx, held.id, { told: { ...told }, newsSince, toldAt })
    if (news.length === 0) return false
    await insertNoticeMail(tx, {
      id: newId('mail_', now.getTime()),
      addressId: held.id,
      kind: 'notice',
      content: await noticeContent(tx, news),
      nextAttemptAt: now,
    })
    return true
  })
}

function decide(
  { notices, confirmedAt, newsSince, toldAt, ...address }: NoticeAddressRow,
  troubles: readonly Trouble[],
  now: Date,
): NoticeDecision {
  // Sound because nothing but a decision makes what the column holds.
  const told = address.told as unknown as Told
  const wanted = NOTICES.filter((notice) => notices.includes(notice))
  return decideNotices(
    { told, newsSince, toldAt },
    { notices: wanted, confirmedAt: confirmedAt ?? now, troubles, now },
  )
}

function isSame({ told, newsSince }: NoticeAddressRow, after: NoticeDecision): boolean {
  if (after.news.length > 0 || newsSince?.getTime() !== after.newsSince?.getTime()) return false
  return Object.keys(Object(told)).length === Object.keys(after.told).length
}
