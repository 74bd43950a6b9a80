/** Where a rule stands, and what its target was told of that. */
export interface AlertStanding {
  readonly beyondSince: Date | null
  /** Null: all is well. */
  readonly firingSince: Date | null
  /** Whether the target believes that it fires. */
  readonly told: boolean
  readonly notifiedAt: Date | null
}

export interface AlertLook {
  /** Null: there is too little to judge by, and it stands as it stood. */
  readonly isBeyond: boolean | null
  /** How long it has to last before it counts. */
  readonly holdSeconds: number
  /** Null: no reminders. */
  readonly reminderSeconds: number | null
  readonly mutedUntil: Date | null
  readonly now: Date
}

export type AlertNews = 'firing' | 'resolved' | 'reminder'

export interface AlertDecision extends AlertStanding {
  readonly news: AlertNews | null
}

/**
 * What a look makes of a rule. News is what the target doesn't know yet, not the change itself: what began
 * and ended while it was muted is never told, and what outlasts that is told afterwards.
 */
export function decideAlert(before: AlertStanding, look: AlertLook): AlertDecision {
  const { beyondSince, firingSince } = stand(before, look)
  const news = newsOf({ ...before, firingSince }, look)
  if (news === null) return { ...before, beyondSince, firingSince, news }
  return { beyondSince, firingSince, told: news !== 'resolved', notifiedAt: look.now, news }
}

function stand(
  before: AlertStanding,
  { isBeyond, holdSeconds, now }: AlertLook,
): Pick<AlertStanding, 'beyondSince' | 'firingSince'> {
  if (isBeyond === null) return before
  if (!isBeyond) return { beyondSince: null, firingSince: null }
  const beyondSince = before.beyondSince ?? now
  const hasLasted = secondsBetween(beyondSince, now) >= holdSeconds
  return { beyondSince, firingSince: before.firingSince ?? (hasLasted ? now : null) }
}

function newsOf(
  { firingSince, told, notifiedAt }: AlertStanding,
  { mutedUntil, reminderSeconds, now }: AlertLook,
): AlertNews | null {
  if (mutedUntil !== null && mutedUntil > now) return null
  if (firingSince === null) return told ? 'resolved' : null
  if (!told) return 'firing'
  if (reminderSeconds === null || notifiedAt === null) return null
  return secondsBetween(notifiedAt, now) >= reminderSeconds ? 'reminder' : null
}

function secondsBetween(from: Date, to: Date): number {
  return (to.getTime() - from.getTime()) / 1000
}
