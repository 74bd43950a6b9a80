import { inTransaction, type StaffUser, type Transaction } from '@posthorn/db'
import {
  findStaffUser,
  insertStaffUser,
  takeInvitations,
  updateStaffUser,
} from '@posthorn/db/staff'
import { newId } from '@posthorn/runtime'
import { UnauthenticatedError } from '../errors.ts'
import type { StaffContext, Visitor } from './context.ts'
import { joinOrganisation } from './member-limit.ts'
import { recordUserAudit } from './record-user-audit.ts'
import { isStaffRole, type StaffRole } from './role.ts'
import { enterWithin, normalEmail, type StartedSession } from './sign-in.ts'

/** What an OpenID provider says of someone, once it is proved that it said so. */
export interface Identity {
  readonly issuer: string
  readonly subject: string
  readonly email: string | null
  /** Only `true` counts: what the provider doesn't vouch for, anybody may have typed there. */
  readonly isEmailVerified: boolean
  readonly name: string | null
  /** By a claim that the installation was told to believe; null: none. */
  readonly grant: { readonly orgId: string; readonly role: StaffRole } | null
}

/**
 * A user is found by issuer and subject; the first time by a verified address, of a user or an invitation.
 * Nobody gets in for being known to the provider alone, unless a configured claim grants a role.
 */
export async function signInByIdentity(
  ctx: StaffContext,
  visitor: Visitor,
  identity: Identity,
): Promise<StartedSession> {
  const nowMs = ctx.clock.nowMs()
  return inTransaction(ctx.db, async (tx) => {
    const known = await findStaffUser(tx, { identity: textOf(identity) })
    const userId = known?.id ?? (await admit(tx, identity, nowMs))
    return enterWithin(tx, { id: userId }, { method: 'openid', visitor, nowMs })
  })
}

function textOf({ issuer, subject }: Identity): string {
  return `${issuer} ${subject}`
}

async function admit(tx: Transaction, identity: Identity, nowMs: number): Promise<string> {
  if (identity.email === null || !identity.isEmailVerified)
    throw new UnauthenticatedError('The provider does not vouch for an e-mail address.')
  const email = normalEmail(identity.email)
  const user = await findStaffUser(tx, { email })
  if (user !== null) return connect(tx, user, identity)
  const invitations = await takeInvitations(tx, { email, now: new Date(nowMs) })
  const grants = invitations.flatMap(({ orgId, role, appIds }) =>
    orgId !== null && isStaffRole(role) ? [{ orgId, role, appIds }] : [],
  )
  if (grants.length === 0 && identity.grant !== null) grants.push({ ...identity.grant, appIds: [] })
  if (grants.length === 0) throw new UnauthenticatedError('Nobody invited this address.')
  const id = newId('usr_', nowMs)
  const name = identity.name ?? email
  await insertStaffUser(tx, { id, email, name, passwordHash: null, identity: textOf(identity) })
  for (const grant of grants) await joinOrganisation(tx, id, grant)
  return id
}

async function connect(tx: Transaction, user: StaffUser, identity: Identity): Promise<string> {
  if (user.identity !== null)
    throw new UnauthenticatedError('This address belongs to another identity of the provider.')
  await updateStaffUser(tx, user.id, { identity: textOf(identity) })
  const changes = { identity: { from: null, to: textOf(identity) } }
  await recordUserAudit(tx, user.id, { action: 'staff_user.connect', target: user.id, changes })
  return user.id
}
