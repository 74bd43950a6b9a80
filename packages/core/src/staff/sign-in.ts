import { inTransaction, type StaffUser, type Transaction } from '@posthorn/db'
import {
  deleteStaffDevices,
  findStaffUser,
  insertStaffDevice,
  updateStaffUser,
} from '@posthorn/db/staff'
import { DomainError, UnauthenticatedError } from '../errors.ts'
import type { StaffContext, Visitor } from './context.ts'
import { hashSecretText, newSecretText } from './secret-text.ts'
import { type SignInMethod, startSession } from './session.ts'
import { countTry, forgiveTry } from './sign-in-limit.ts'
import { useSecondFactor } from './totp.ts'

export interface SignInInput {
  readonly email: string
  readonly password: string
  /** Of the authenticator, or a recovery code; asked for only once the password was right. */
  readonly code: string | null
}

export interface StartedSession {
  readonly sessionToken: string
  /** For a browser that wasn't known yet. */
  readonly deviceToken: string
}

/** The password was right, and the account has a second factor. */
export class CodeRequiredError extends DomainError {
  override name = 'CodeRequiredError'

  constructor() {
    super('code_required', 'Enter the code that your authenticator shows.')
  }
}

const DEVICE_MS = 180 * 86_400_000

/** One answer for every way in which name and password can be wrong, after the same work. */
export async function signIn(
  ctx: StaffContext,
  visitor: Visitor,
  input: SignInInput,
): Promise<StartedSession> {
  const email = normalEmail(input.email)
  const user = await findStaffUser(ctx.db.prisma, { email })
  const counted = await countTry(ctx, { email, userId: user?.id ?? null, visitor })
  const isRight = await ctx.passwords.verify(input.password, user?.passwordHash ?? null)
  if (user === null || !isRight) throw new UnauthenticatedError(WRONG)
  if (user.totpSecret === null) {
    await forgiveTry(ctx, counted)
    return enter(ctx, user, { method: 'password', visitor })
  }
  // A right password alone is no reason to forget the tries: they are what keeps codes from being guessed.
  if (input.code === null) throw new CodeRequiredError()
  if (!(await useSecondFactor(ctx, user, input.code))) throw new UnauthenticatedError(WRONG_CODE)
  await forgiveTry(ctx, counted)
  return enter(ctx, user, { method: 'password_totp', visitor })
}

const WRONG = 'E-mail address or password is wrong.'
const WRONG_CODE = 'This code is wrong, or was used already.'

export function normalEmail(text: string): string {
  return text.trim().toLowerCase()
}

/** Someone whose identity is proved, however it was. */
function enter(
  ctx: StaffContext,
  user: Pick<StaffUser, 'id'>,
  how: { readonly method: SignInMethod; readonly visitor: Visitor },
): Promise<StartedSession> {
  return inTransaction(ctx.db, (tx) => enterWithin(tx, user, { ...how, nowMs: ctx.clock.nowMs() }))
}

export async function enterWithin(
  tx: Transaction,
  user: Pick<StaffUser, 'id'>,
  how: { readonly method: SignInMethod; readonly visitor: Visitor; readonly nowMs: number },
): Promise<StartedSession> {
  const now = new Date(how.nowMs)
  const deviceToken = newSecretText('phd_')
  await updateStaffUser(tx, user.id, { lastSignInAt: now })
  await deleteStaffDevices(tx, user.id, now)
  await insertStaffDevice(tx, {
    tokenHash: hashSecretText(deviceToken),
    userId: user.id,
    expiresAt: new Date(how.nowMs + DEVICE_MS),
  })
  return { sessionToken: await startSession(tx, user, how), deviceToken }
}
