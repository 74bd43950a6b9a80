import { findSource } from '@posthorn/db'
import { findWaitingQuarantined } from '@posthorn/db/ingest'
import type { SourceScope } from '../actor.ts'
import { NotFoundError, RefusedError } from '../errors.ts'
import type { ReceiveContext } from './receive.ts'
import { releaseQuarantined } from './release-quarantined.ts'

/** Each is judged and published in turn, and whoever asks waits for all of them. */
const MOST_AT_ONCE = 50

export interface ReleaseAll {
  readonly source: string
  /** Null: whatever they were refused for. */
  readonly reason: string | null
  /** Where the step before ended; null: from the oldest. */
  readonly after: string | null
}

export interface ReleasedMany {
  readonly released: number
  readonly stillRefused: number
  /** To go on after; null: nothing was left. */
  readonly iterator: string | null
  readonly done: boolean
}

/** The oldest first, as they came; those that are still refused stay, and the others go on. */
export async function releaseAllQuarantined(
  ctx: ReceiveContext,
  scope: SourceScope,
  { source: name, reason, after }: ReleaseAll,
): Promise<ReleasedMany> {
  const source = await findSource(ctx.db.prisma, scope, name)
  if (source === null) throw new NotFoundError()
  const window = { reason, after, take: MOST_AT_ONCE }
  const ids = await findWaitingQuarantined(ctx.db.hot, source.id, window)
  let [released, stillRefused] = [0, 0]
  for (const id of ids) {
    const isReleased = await isReleasedNow(ctx, scope, { source: source.id, id })
    if (isReleased) released++
    else stillRefused++
  }
  const done = ids.length < MOST_AT_ONCE
  return { released, stillRefused, iterator: ids.at(-1) ?? null, done }
}

async function isReleasedNow(
  ctx: ReceiveContext,
  scope: SourceScope,
  asked: { readonly source: string; readonly id: string },
): Promise<boolean> {
  try {
    await releaseQuarantined(ctx, scope, asked)
    return true
  } catch (err) {
    // One that newer ones pushed out meanwhile is as little released as one that is refused again.
    if (err instanceof RefusedError || err instanceof NotFoundError) return false
    throw err
  }
}
