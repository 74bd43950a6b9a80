import { createHash } from 'node:crypto'
import {
  countFailure,
  deleteEndedThrottles,
  discountFailure,
  forgetFailures,
  isStaffDevice,
} from '@posthorn/db/staff'
import type { CoreContext } from '../context.ts'
import { LimitedError } from '../errors.ts'
import type { Visitor } from './context.ts'
import { hashSecretText, isSecretText } from './secret-text.ts'

/**
 * Who guesses is slowed down by account and by network. An account that was locked by somebody else's guesses
 * still opens from the browsers that its owner signed in from before: those are counted for themselves. No
 * lock outlasts its span. Names that nobody has are counted like all others, so that a lock tells nothing.
 */
const SPAN_SECONDS = 15 * 60
const MAX_BY_ACCOUNT = 10
const MAX_BY_NETWORK = 60

export interface SignInTry {
  readonly email: string
  readonly userId: string | null
  readonly visitor: Visitor
}

/** What the try was counted under; to be given back when it succeeds. @throws {LimitedError} */
export async function countTry(ctx: CoreContext, attempt: SignInTry): Promise<CountedTry> {
  const now = new Date(ctx.clock.nowMs())
  const network = `network:${attempt.visitor.network}`
  const account = await accountKey(ctx, attempt)
  for (const [key, most] of [
    [network, MAX_BY_NETWORK],
    [account, MAX_BY_ACCOUNT],
  ] as const) {
    const counted = await countFailure(ctx.db.prisma, { key, now, seconds: SPAN_SECONDS })
    if (counted.failures <= most) continue
    const waitMs = counted.endsAt.getTime() - now.getTime()
    throw tooManyTries(Math.max(1, Math.ceil(waitMs / 1000)))
  }
  return { network, account }
}

function tooManyTries(seconds: number): LimitedError {
  const message = 'Too many attempts: wait for the time that Retry-After says.'
  return new LimitedError(message, seconds, 'sign_in_limited')
}

export interface CountedTry {
  readonly network: string
  readonly account: string
}

export async function forgiveTry(ctx: CoreContext, counted: CountedTry): Promise<void> {
  await forgetFailures(ctx.db.prisma, counted.account)
  await discountFailure(ctx.db.prisma, counted.network)
  await deleteEndedThrottles(ctx.db.prisma, new Date(ctx.clock.nowMs()))
}

async function accountKey(
  ctx: CoreContext,
  { email, userId, visitor }: SignInTry,
): Promise<string> {
  const { deviceToken } = visitor
  if (userId !== null && deviceToken !== null && isSecretText('phd_', deviceToken)) {
    const tokenHash = hashSecretText(deviceToken)
    const now = new Date(ctx.clock.nowMs())
    if (await isStaffDevice(ctx.db.prisma, { tokenHash, userId, now }))
      return `device:${digest(deviceToken)}`
  }
  return `account:${digest(email)}`
}

// What somebody typed as a name may be a password.
function digest(text: string): string {
  return createHash('sha256').update(text).digest('base64url')
}
