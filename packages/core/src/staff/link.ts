import { inTransaction, isUniqueViolation, type StaffLink, type Transaction } from '@posthorn/db'
import {
  deleteExpiredLinks,
  deleteStaffDevices,
  deleteStaffLinks,
  deleteStaffSessions,
  findStaffLink,
  findStaffUser,
  hasStaffOwner,
  insertStaffLink,
  insertStaffUser,
  listInvitations,
  replaceRecoveryCodes,
  takeStaffLink,
  updateStaffUser,
} from '@posthorn/db/staff'
import { newId } from '@posthorn/runtime'
import { actorText, type OrgScope } from '../actor.ts'
import { diffChanges } from '../audit/diff-changes.ts'
import { recordAudit } from '../audit/record-audit.ts'
import { findApplicationIds, nameLimits } from '../auth/application-limit.ts'
import type { CoreContext } from '../context.ts'
import { ConflictError, InvalidInputError, NotFoundError, RefusedError } from '../errors.ts'
import { ensureOrganisation } from '../organisation/ensure-organisation.ts'
import { hashNewPassword } from './change-password.ts'
import type { StaffContext, Visitor } from './context.ts'
import { auditOfLimit, joinOrganisation, refuseLimit } from './member-limit.ts'
import { recordUserAudit } from './record-user-audit.ts'
import { isStaffRole, type StaffRole } from './role.ts'
import { hashSecretText, isSecretText, newSecretText } from './secret-text.ts'
import type { SignedIn } from './session.ts'
import { enterWithin, normalEmail, type StartedSession } from './sign-in.ts'

const HOUR_MS = 3_600_000
const LIFE_MS = { first_owner: 24 * HOUR_MS, invitation: 72 * HOUR_MS, recovery: HOUR_MS } as const

export type LinkPurpose = keyof typeof LIFE_MS

export interface MadeLink {
  readonly id: string
  /** Shown this once: only its digest is kept. */
  readonly token: string
  readonly expiresAt: Date
}

interface LinkFields {
  readonly purpose: LinkPurpose
  readonly orgId: string | null
  readonly email: string | null
  readonly role: StaffRole | null
  /** The only ones that the member it makes may see; empty: all. */
  readonly appIds: readonly string[]
  readonly createdBy: string
}

async function makeLink(tx: Transaction, nowMs: number, fields: LinkFields): Promise<MadeLink> {
  const token = newSecretText('phl_')
  const expiresAt = new Date(nowMs + LIFE_MS[fields.purpose])
  const id = newId('link_', nowMs)
  await deleteExpiredLinks(tx, new Date(nowMs))
  await insertStaffLink(tx, { id, tokenHash: hashSecretText(token), ...fields, expiresAt })
  return { id, token, expiresAt }
}

/** For whoever starts an installation that nobody can sign in to yet; null once somebody can. */
export async function makeFirstOwnerLink(
  ctx: CoreContext,
  orgId: string | null,
): Promise<MadeLink | null> {
  if (await hasStaffOwner(ctx.db.prisma)) return null
  const fields = { purpose: 'first_owner', orgId, email: null, role: 'owner', appIds: [] } as const
  return inTransaction(ctx.db, (tx) =>
    makeLink(tx, ctx.clock.nowMs(), { ...fields, createdBy: 'system:first_start' }),
  )
}

export interface Invitation {
  readonly email: string
  readonly role: StaffRole
  /** Ids or uids of the only ones that they may see; empty: all. */
  readonly applications: readonly string[]
}

/** A newer invitation of the same address takes the place of an older one. */
export async function inviteStaff(
  ctx: CoreContext,
  scope: OrgScope,
  invitation: Invitation,
): Promise<MadeLink> {
  const { orgId } = scope
  const email = normalEmail(invitation.email)
  const { role } = invitation
  const appIds = await findApplicationIds(ctx, scope, invitation.applications)
  refuseLimit(role, appIds)
  return inTransaction(ctx.db, async (tx) => {
    await deleteStaffLinks(tx, { purpose: 'invitation', orgId, email })
    const fields = { purpose: 'invitation', orgId, email, role, appIds } as const
    const createdBy = actorText(scope.actor)
    const link = await makeLink(tx, ctx.clock.nowMs(), { ...fields, createdBy })
    const changes = diffChanges({}, { email, role, ...auditOfLimit(appIds) })
    await recordAudit(tx, scope, { action: 'staff_user.invite', target: link.id, changes })
    return link
  })
}

/** With the names of the applications that whoever accepts is limited to, by id. */
export interface NamedInvitation {
  readonly link: StaffLink
  readonly names: ReadonlyMap<string, string>
}

export async function listOpenInvitations(
  ctx: CoreContext,
  scope: OrgScope,
): Promise<NamedInvitation[]> {
  const links = await listInvitations(ctx.db.prisma, scope, new Date(ctx.clock.nowMs()))
  const names = await nameLimits(ctx, scope, links)
  return links.map((link) => ({ link, names }))
}

export async function withdrawInvitation(
  ctx: CoreContext,
  scope: OrgScope,
  id: string,
): Promise<void> {
  await inTransaction(ctx.db, async (tx) => {
    const which = { purpose: 'invitation', orgId: scope.orgId, id }
    if ((await deleteStaffLinks(tx, which)) === 0)
      throw new NotFoundError('There is no such invitation.')
    await recordAudit(tx, scope, { action: 'staff_user.withdraw_invitation', target: id })
  })
}

/** From the command line only: whoever has the machine has it all anyway. Lets a user set a new password. */
export async function makeRecoveryLink(ctx: CoreContext, email: string): Promise<MadeLink> {
  const user = await findStaffUser(ctx.db.prisma, { email: normalEmail(email) })
  if (user === null) throw new NotFoundError('There is no user with this address.')
  const fields = {
    purpose: 'recovery',
    orgId: null,
    email: user.email,
    role: null,
    appIds: [],
  } as const
  return inTransaction(ctx.db, async (tx) => {
    await deleteStaffLinks(tx, { purpose: 'recovery', email: user.email })
    await recordUserAudit(tx, user.id, { action: 'staff_user.make_recovery_link', target: user.id })
    return makeLink(tx, ctx.clock.nowMs(), { ...fields, createdBy: 'system:command_line' })
  })
}

export interface LinkView {
  readonly purpose: LinkPurpose
  readonly email: string | null
  readonly role: string | null
  /** Accepted by that user, once signed in; else a user is made. */
  readonly isKnownUser: boolean
}

/** What a link is for, without using it up. */
export async function readLink(ctx: CoreContext, token: string): Promise<LinkView> {
  const tokenHash = hashOf(token)
  const link = await findStaffLink(ctx.db.prisma, { tokenHash, now: new Date(ctx.clock.nowMs()) })
  if (link === null) throw linkOver()
  const { email, role } = link
  const user = email === null ? null : await findStaffUser(ctx.db.prisma, { email })
  return { purpose: purposeOf(link), email, role, isKnownUser: user !== null }
}

export interface Redemption {
  readonly token: string
  /** Asked for where the link doesn't say it. */
  readonly email: string | null
  readonly name: string | null
  readonly password: string
}

/** Uses a link up: makes the user it is for, or sets their password anew, and signs them in. */
export async function redeemLink(
  ctx: StaffContext,
  visitor: Visitor,
  input: Redemption,
): Promise<StartedSession> {
  const view = await readLink(ctx, input.token)
  if (view.purpose === 'invitation' && view.isKnownUser)
    throw new RefusedError('sign_in_first', 'You have a user here: sign in to accept.')
  const email = normalEmail(view.email ?? input.email ?? '')
  if (!/^[^\s@]+@[^\s@]+$/.test(email))
    throw new InvalidInputError([{ path: ['body', 'email'], message: 'Must be an e-mail address' }])
  const passwordHash = await hashNewPassword(ctx, { password: input.password, email })
  const orgId = view.purpose === 'first_owner' ? await organisationFor(ctx, input.token) : null
  const nowMs = ctx.clock.nowMs()
  return inTransaction(ctx.db, async (tx) => {
    const link = await takeLink(tx, { token: input.token, nowMs })
    const person = { email, name: input.name ?? email, passwordHash }
    const userId =
      link.purpose === 'recovery'
        ? await recover(tx, person)
        : await join(tx, { ...link, orgId: link.orgId ?? orgId }, person)
    return enterWithin(tx, { id: userId }, { method: 'link', visitor, nowMs })
  })
}

/** An invitation of somebody who has a user here already. */
export async function acceptInvitation(
  ctx: CoreContext,
  { user }: SignedIn,
  token: string,
): Promise<void> {
  await inTransaction(ctx.db, async (tx) => {
    const link = await takeLink(tx, { token, nowMs: ctx.clock.nowMs() })
    if (link.purpose !== 'invitation' || link.email !== user.email) throw linkOver()
    await addMember(tx, link, user.id)
  })
}

interface NewPerson {
  readonly email: string
  readonly name: string
  readonly passwordHash: string
}

async function join(tx: Transaction, link: StaffLink, person: NewPerson): Promise<string> {
  if (link.purpose === 'first_owner') {
    if (await hasStaffOwner(tx)) throw linkOver()
    await deleteStaffLinks(tx, { purpose: 'first_owner' })
  }
  const user = await insertStaffUser(tx, { id: newId('usr_', Date.now()), ...person }).catch(taken)
  await addMember(tx, link, user.id)
  return user.id
}

function taken(err: unknown): never {
  if (isUniqueViolation(err)) throw new ConflictError('There is a user with this address.')
  throw err
}

async function addMember(tx: Transaction, link: StaffLink, userId: string): Promise<void> {
  const { orgId, role, appIds, createdBy } = link
  if (orgId === null || !isStaffRole(role)) throw linkOver()
  await joinOrganisation(tx, userId, { orgId, role, appIds, invitedBy: createdBy })
}

async function recover(tx: Transaction, { email, passwordHash }: NewPerson): Promise<string> {
  const user = await findStaffUser(tx, { email })
  if (user === null) throw linkOver()
  await updateStaffUser(tx, user.id, { passwordHash, totpSecret: null, totpPending: null })
  await replaceRecoveryCodes(tx, user.id, [])
  await deleteStaffSessions(tx, user.id)
  await deleteStaffDevices(tx, user.id)
  await recordUserAudit(tx, user.id, { action: 'staff_user.recover', target: user.id })
  return user.id
}

async function organisationFor(ctx: CoreContext, token: string): Promise<string> {
  const now = new Date(ctx.clock.nowMs())
  const link = await findStaffLink(ctx.db.prisma, { tokenHash: hashOf(token), now })
  const oldest = await ctx.db.prisma.organisation.findFirst({ orderBy: { id: 'asc' } })
  const orgId = link?.orgId ?? oldest?.id ?? newId('org_', ctx.clock.nowMs())
  await ensureOrganisation(ctx, orgId)
  return orgId
}

async function takeLink(
  tx: Transaction,
  { token, nowMs }: { readonly token: string; readonly nowMs: number },
): Promise<StaffLink> {
  const link = await takeStaffLink(tx, { tokenHash: hashOf(token), now: new Date(nowMs) })
  if (link === null) throw linkOver()
  return link
}

function hashOf(token: string): Uint8Array<ArrayBuffer> {
  if (!isSecretText('phl_', token)) throw linkOver()
  return hashSecretText(token)
}

function purposeOf({ purpose }: StaffLink): LinkPurpose {
  return purpose === 'first_owner' || purpose === 'recovery' ? purpose : 'invitation'
}

function linkOver(): NotFoundError {
  return new NotFoundError('This link was used already, or has ended.')
}
