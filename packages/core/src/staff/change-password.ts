import { inTransaction } from '@posthorn/db'
import { deleteStaffDevices, deleteStaffSessions, updateStaffUser } from '@posthorn/db/staff'
import { InvalidInputError } from '../errors.ts'
import type { StaffContext, Visitor } from './context.ts'
import { passwordFault } from './password-rules.ts'
import { recordUserAudit } from './record-user-audit.ts'
import type { SignedIn } from './session.ts'
import { countTry, forgiveTry } from './sign-in-limit.ts'

export interface PasswordChange {
  readonly current: string
  readonly next: string
}

/** Ends all other sessions: who had the old password may be why it is changed. */
export async function changePassword(
  ctx: StaffContext,
  { signedIn, visitor }: { readonly signedIn: SignedIn; readonly visitor: Visitor },
  change: PasswordChange,
): Promise<void> {
  const { user, sessionId } = signedIn
  await provePassword(ctx, { signedIn, visitor }, change.current)
  const passwordHash = await hashNewPassword(ctx, { password: change.next, email: user.email })
  await inTransaction(ctx.db, async (tx) => {
    await updateStaffUser(tx, user.id, { passwordHash })
    await deleteStaffSessions(tx, user.id, { except: sessionId })
    await deleteStaffDevices(tx, user.id)
    await recordUserAudit(tx, user.id, { action: 'staff_user.change_password', target: user.id })
  })
}

/** A session left open is not enough for what would lock its owner out. */
export async function provePassword(
  ctx: StaffContext,
  { signedIn, visitor }: { readonly signedIn: SignedIn; readonly visitor: Visitor },
  password: string,
): Promise<void> {
  const { id: userId, email, passwordHash } = signedIn.user
  if (passwordHash === null) return
  const counted = await countTry(ctx, { email, userId, visitor })
  if (!(await ctx.passwords.verify(password, passwordHash)))
    throw new InvalidInputError([
      { path: ['body', 'password'], message: 'This is not your password' },
    ])
  await forgiveTry(ctx, counted)
}

export function hashNewPassword(
  ctx: StaffContext,
  { password, email }: { readonly password: string; readonly email: string },
): Promise<string> {
  const fault = passwordFault(password, email)
  if (fault !== null)
    throw new InvalidInputError([{ path: ['body', 'newPassword'], message: fault }])
  return ctx.passwords.hash(password)
}
