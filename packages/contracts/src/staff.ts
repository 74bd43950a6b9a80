import * as z from 'zod'
import { LimitOut } from './api-key.ts'
import { IdOrUid } from './identifier.ts'
import { iteratorOf, listOf, pageQuery } from './list.ts'
import { lineText } from './text.ts'
import { TimestampOut } from './timestamp.ts'

export const StaffRole = z.enum(['viewer', 'support', 'admin', 'owner']).meta({ id: 'StaffRole' })
export type StaffRole = z.infer<typeof StaffRole>

const Email = lineText(254).min(3)
const Password = z.string().min(1).max(1024)
const Code = z.string().min(1).max(40)
const LinkToken = z.string().min(1).max(128)

export const StaffSignInIn = z
  .object({ email: Email, password: Password, code: Code.nullish() })
  .meta({ id: 'StaffSignInIn' })

export const StaffSignInOptionsOut = z
  .object({ openId: z.object({ label: z.string() }).nullable() })
  .meta({ id: 'StaffSignInOptionsOut' })
export type StaffSignInOptionsOut = z.infer<typeof StaffSignInOptionsOut>

export const StaffLinkIn = z.object({ token: LinkToken }).meta({ id: 'StaffLinkIn' })

export const StaffLinkOut = z
  .object({
    purpose: z.enum(['first_owner', 'invitation', 'recovery']),
    email: z.string().nullable(),
    role: z.string().nullable(),
    /** Accepted after signing in; else a user is made. */
    isKnownUser: z.boolean(),
  })
  .meta({ id: 'StaffLinkOut' })
export type StaffLinkOut = z.infer<typeof StaffLinkOut>

export const StaffRedeemIn = z
  .object({
    token: LinkToken,
    email: Email.nullish(),
    name: lineText(128).min(1).nullish(),
    newPassword: Password,
  })
  .meta({ id: 'StaffRedeemIn' })

const Limit = LimitOut.describe(
  'The only ones that they may see; null: all. Without a name: deleted',
)

export const StaffMembershipOut = z
  .object({
    orgId: z.string(),
    /** Null: nobody named it. */
    name: z.string().nullable(),
    role: StaffRole,
    applications: Limit,
  })
  .meta({ id: 'StaffMembershipOut' })
export type StaffMembershipOut = z.infer<typeof StaffMembershipOut>

export const StaffProfileOut = z
  .object({
    id: z.string(),
    email: z.string(),
    name: z.string(),
    sessionId: z.string(),
    hasPassword: z.boolean(),
    hasTotp: z.boolean(),
    recoveryCodesLeft: z.int(),
    lastSignInAt: TimestampOut.nullable(),
    memberships: z.array(StaffMembershipOut),
  })
  .meta({ id: 'StaffProfileOut' })
export type StaffProfileOut = z.infer<typeof StaffProfileOut>

/** Null: nobody is signed in. */
export const StaffSignedInOut = z
  .object({ user: StaffProfileOut.nullable() })
  .meta({ id: 'StaffSignedInOut' })
export type StaffSignedInOut = z.infer<typeof StaffSignedInOut>

export const StaffPasswordIn = z
  .object({ password: Password, newPassword: Password })
  .meta({ id: 'StaffPasswordIn' })

export const StaffProofIn = z
  .object({ password: z.string().max(1024) })
  .meta({ id: 'StaffProofIn' })

export const StaffCodeIn = z.object({ code: Code }).meta({ id: 'StaffCodeIn' })

export const StaffTotpOut = z
  .object({ secret: z.string(), uri: z.string() })
  .meta({ id: 'StaffTotpOut' })
export type StaffTotpOut = z.infer<typeof StaffTotpOut>

export const StaffRecoveryCodesOut = z
  .object({ codes: z.array(z.string()) })
  .meta({ id: 'StaffRecoveryCodesOut' })
export type StaffRecoveryCodesOut = z.infer<typeof StaffRecoveryCodesOut>

export const StaffSessionOut = z
  .object({
    id: z.string(),
    method: z.string(),
    address: z.string(),
    userAgent: z.string(),
    createdAt: TimestampOut,
    lastUsedAt: TimestampOut,
    expiresAt: TimestampOut,
    isCurrent: z.boolean(),
  })
  .meta({ id: 'StaffSessionOut' })
export type StaffSessionOut = z.infer<typeof StaffSessionOut>

export const StaffSessionsOut = z
  .object({ data: z.array(StaffSessionOut) })
  .meta({ id: 'StaffSessionsOut' })
export type StaffSessionsOut = z.infer<typeof StaffSessionsOut>

export const StaffUserOut = z
  .object({
    id: z.string(),
    email: z.string(),
    name: z.string(),
    role: StaffRole,
    applications: Limit,
    disabledAt: TimestampOut.nullable(),
    hasTotp: z.boolean(),
    lastSignInAt: TimestampOut.nullable(),
    createdAt: TimestampOut,
  })
  .meta({ id: 'StaffUserOut' })
export type StaffUserOut = z.infer<typeof StaffUserOut>

export const StaffUserList = listOf(StaffUserOut, 'StaffUserOut')
export type StaffUserList = z.infer<typeof StaffUserList>
export const StaffUserListQuery = pageQuery(iteratorOf('usr_'))

const LimitIn = z
  .array(IdOrUid)
  .max(100)
  .describe('Ids or uids of the only ones that they may see, as viewer or support; none: all')

export const StaffUserPatch = z
  .object({
    role: StaffRole.exactOptional(),
    disabled: z.boolean().exactOptional(),
    applications: LimitIn.exactOptional(),
  })
  .meta({ id: 'StaffUserPatch' })

export const StaffInvitationIn = z
  .object({
    email: Email.regex(/^[^\s@]+@[^\s@]+$/, 'Must be an e-mail address'),
    role: StaffRole,
    applications: LimitIn.nullish(),
  })
  .meta({ id: 'StaffInvitationIn' })

export const StaffInvitationOut = z
  .object({
    id: z.string(),
    email: z.string(),
    role: z.string(),
    applications: Limit,
    createdAt: TimestampOut,
    expiresAt: TimestampOut,
  })
  .meta({ id: 'StaffInvitationOut' })
export type StaffInvitationOut = z.infer<typeof StaffInvitationOut>

export const StaffInvitationsOut = z
  .object({ data: z.array(StaffInvitationOut) })
  .meta({ id: 'StaffInvitationsOut' })
export type StaffInvitationsOut = z.infer<typeof StaffInvitationsOut>

/** The link is shown this once. */
export const StaffInvitedOut = z
  .object({ id: z.string(), url: z.string(), expiresAt: TimestampOut })
  .meta({ id: 'StaffInvitedOut' })
export type StaffInvitedOut = z.infer<typeof StaffInvitedOut>

export const StaffPortalAccessIn = z
  .object({ canManage: z.boolean().default(false) })
  .meta({ id: 'StaffPortalAccessIn' })
