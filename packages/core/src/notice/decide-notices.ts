import { type Notice, NOTICES, type Trouble } from './notice-kind.ts'

/** Of one endpoint, what an address was told last. */
export type ToldNotice = {
  readonly notice: Notice
  readonly since: string
  readonly at: string
}

export type Told = Readonly<Record<string, ToldNotice>>

/** Where an address stands. */
export interface NoticeStanding {
  readonly told: Told
  readonly newsSince: Date | null
  readonly toldAt: Date | null
}

export interface NoticeLook {
  readonly notices: readonly Notice[]
  readonly confirmedAt: Date
  /** Of all endpoints of its application. */
  readonly troubles: readonly Trouble[]
  readonly now: Date
}

export interface NoticeDecision extends NoticeStanding {
  /** What goes into a mail now; empty: none is sent. */
  readonly news: readonly Trouble[]
}

/** What an outage does to many endpoints comes within this of its first. */
const COLLECT_MS = 60_000
/** Between two mails to one address. */
const GAP_MS = 15 * 60_000
/** An endpoint that fails on and off is told of once in this. */
const QUIET_MS = 6 * 3_600_000

/**
 * What a look makes of an address. News is what it doesn't know yet, not the change itself: what began and ended
 * while it was collected is never told.
 */
export function decideNotices(before: NoticeStanding, look: NoticeLook): NoticeDecision {
  const told = stillTold(before.told, look)
  const news = look.troubles.filter((trouble) => isNews(trouble, told[trouble.endpointId], look))
  if (news.length === 0) return { ...before, told, newsSince: null, news }
  const newsSince = before.newsSince ?? look.now
  if (!isTime({ ...before, newsSince }, look.now)) return { ...before, told, newsSince, news: [] }
  const at = look.now.toISOString()
  const fresh = news.map(({ endpointId, notice, since }) => {
    return [endpointId, { notice, since: since.toISOString(), at }] as const
  })
  const all = { ...told, ...Object.fromEntries(fresh) }
  return { told: all, newsSince: null, toldAt: look.now, news }
}

/** An endpoint that is well is forgotten, but not so soon that its next failure would be news. */
function stillTold(told: Told, { troubles, now }: NoticeLook): Told {
  const troubled = new Set(troubles.map(({ endpointId }) => endpointId))
  const kept = Object.entries(told).filter(([id, { at }]) => troubled.has(id) || isQuiet(at, now))
  return Object.fromEntries(kept)
}

function isQuiet(at: string, now: Date): boolean {
  return now.getTime() - Date.parse(at) < QUIET_MS
}

function isNews(
  { notice, since }: Trouble,
  told: ToldNotice | undefined,
  { notices, confirmedAt, now }: NoticeLook,
): boolean {
  if (!notices.includes(notice)) return false
  if (told === undefined) return notice !== 'disabled' || since > confirmedAt
  const isAnother = since.toISOString() !== told.since
  if (notice === 'disabled') return isAnother
  if (NOTICES.indexOf(notice) > NOTICES.indexOf(told.notice)) return true
  return isAnother && !isQuiet(told.at, now)
}

function isTime(
  { newsSince, toldAt }: { readonly newsSince: Date; readonly toldAt: Date | null },
  now: Date,
): boolean {
  const isCollected = now.getTime() - newsSince.getTime() >= COLLECT_MS
  return isCollected && (toldAt === null || now.getTime() - toldAt.getTime() >= GAP_MS)
}
