import { randomInt } from 'node:crypto'
import { inTransaction, type StaffUser } from '@posthorn/db'
import {
  claimTotpStep,
  countRecoveryCodes,
  replaceRecoveryCodes,
  takeRecoveryCode,
  updateStaffUser,
} from '@posthorn/db/staff'
import { Secret, TOTP } from 'otpauth'
import type { CoreContext } from '../context.ts'
import { InvalidInputError, RefusedError } from '../errors.ts'
import { recordUserAudit } from './record-user-audit.ts'
import { hashSecretText } from './secret-text.ts'
import type { SignedIn } from './session.ts'

const ISSUER = 'Posthorn'
const PERIOD_SECONDS = 30
const SECRET_BYTES = 20
/** A clock may be off by one period. */
const WINDOW = 1
const CODES = 10
const CODE_ALPHABET = '23456789abcdefghjkmnpqrstuvwxyz'
const CODE_LENGTH = 12
const CODE_FORM = /^[2-9a-hjkmnp-z]{4}-?[2-9a-hjkmnp-z]{4}-?[2-9a-hjkmnp-z]{4}$/

export interface TotpEnrolment {
  /** In base32, to be typed. */
  readonly secret: string
  /** `otpauth://…`, to be shown as a QR code. */
  readonly uri: string
}

/** Counts for nothing until a first code proves that the authenticator has it. */
export async function beginTotp(ctx: CoreContext, { user }: SignedIn): Promise<TotpEnrolment> {
  if (user.totpSecret !== null)
    throw new RefusedError('totp_active', 'There is a second factor already: remove it first.')
  const secret = new Secret({ size: SECRET_BYTES })
  const totpPending = ctx.vault.seal(secret.base32)
  await inTransaction(ctx.db, (tx) => updateStaffUser(tx, user.id, { totpPending }))
  return { secret: secret.base32, uri: totpOf(secret.base32, user.email).toString() }
}

/** The recovery codes, shown this once. */
export async function confirmTotp(
  ctx: CoreContext,
  { user }: SignedIn,
  code: string,
): Promise<string[]> {
  const { totpPending } = user
  if (totpPending === null) throw new RefusedError('totp_not_begun', 'Begin anew: no secret waits.')
  const step = stepOf(ctx, { sealed: totpPending, email: user.email }, code)
  if (step === null)
    throw new InvalidInputError([{ path: ['body', 'code'], message: 'This code is wrong' }])
  const codes = Array.from({ length: CODES }, newRecoveryCode)
  await inTransaction(ctx.db, async (tx) => {
    const totpSecret = totpPending
    await updateStaffUser(tx, user.id, { totpSecret, totpPending: null, totpStep: BigInt(step) })
    await replaceRecoveryCodes(tx, user.id, codes.map(hashRecoveryCode))
    await recordUserAudit(tx, user.id, { action: 'staff_user.enable_totp', target: user.id })
  })
  return codes
}

export async function removeTotp(ctx: CoreContext, { user }: SignedIn): Promise<void> {
  await inTransaction(ctx.db, async (tx) => {
    await updateStaffUser(tx, user.id, { totpSecret: null, totpPending: null })
    await replaceRecoveryCodes(tx, user.id, [])
    await recordUserAudit(tx, user.id, { action: 'staff_user.remove_totp', target: user.id })
  })
}

/** Whether this code is right and was never used: the authenticator's, or one of the recovery codes. */
export async function useSecondFactor(
  ctx: CoreContext,
  user: StaffUser,
  code: string,
): Promise<boolean> {
  const text = code.replaceAll(/\s/g, '').toLowerCase()
  if (CODE_FORM.test(text)) return takeRecoveryCode(ctx.db.prisma, user.id, hashRecoveryCode(text))
  if (user.totpSecret === null) return false
  const step = stepOf(ctx, { sealed: user.totpSecret, email: user.email }, text)
  return step !== null && claimTotpStep(ctx.db.prisma, user.id, BigInt(step))
}

export function countCodes(ctx: Pick<CoreContext, 'db'>, userId: string): Promise<number> {
  return countRecoveryCodes(ctx.db.prisma, userId)
}

function totpOf(secret: string, email: string): TOTP {
  return new TOTP({ issuer: ISSUER, label: email, secret: Secret.fromBase32(secret) })
}

function stepOf(
  ctx: CoreContext,
  { sealed, email }: { readonly sealed: Uint8Array; readonly email: string },
  token: string,
): number | null {
  const timestamp = ctx.clock.nowMs()
  const totp = totpOf(ctx.vault.open(sealed), email)
  const delta = totp.validate({ token, timestamp, window: WINDOW })
  return delta === null ? null : Math.floor(timestamp / 1000 / PERIOD_SECONDS) + delta
}

function newRecoveryCode(): string {
  const characters = Array.from({ length: CODE_LENGTH }, () =>
    CODE_ALPHABET.charAt(randomInt(CODE_ALPHABET.length)),
  ).join('')
  return characters.replaceAll(/(.{4})(?=.)/g, '$1-')
}

// 59 random bits, guessed at no more often than passwords are: a digest is enough.
function hashRecoveryCode(code: string): Uint8Array<ArrayBuffer> {
  return hashSecretText(code.replaceAll('-', ''))
}
