import { inTransaction, type StaffSession, type StaffUser, type Transaction } from '@posthorn/db'
import {
  deleteEndedSessions,
  deleteStaffSessions,
  findMembership,
  findStaffSession,
  findStaffUser,
  insertStaffSession,
  listMemberships,
  listOrganisations,
  listStaffSessions,
  type LiveSpan,
  touchStaffSession,
} from '@posthorn/db/staff'
import { newId } from '@posthorn/runtime'
import { nameLimits, type NamedApplication, tellLimit } from '../auth/application-limit.ts'
import type { CoreContext } from '../context.ts'
import { NotFoundError, UnauthenticatedError } from '../errors.ts'
import type { Visitor } from './context.ts'
import { recordUserAudit } from './record-user-audit.ts'
import { isStaffRole, type StaffRole } from './role.ts'
import { hashSecretText, isSecretText, newSecretText } from './secret-text.ts'

const IDLE_MS = 30 * 60_000
const ABSOLUTE_MS = 12 * 3_600_000
/** A session in use is written down as such this often. */
const TOUCH_MS = 60_000
const MAX_AGENT = 256

export type SignInMethod = 'password' | 'password_totp' | 'openid' | 'link'

/** Who is signed in, proved. */
export interface SignedIn {
  readonly sessionId: string
  readonly user: StaffUser
}

/** A session in its own right: the cookie's text, which is kept nowhere. */
export async function startSession(
  tx: Transaction,
  user: Pick<StaffUser, 'id'>,
  how: { readonly method: SignInMethod; readonly visitor: Visitor; readonly nowMs: number },
): Promise<string> {
  const { method, visitor, nowMs } = how
  const text = newSecretText('phs_')
  const id = newId('sess_', nowMs)
  await deleteEndedSessions(tx, user.id, liveSpan(nowMs))
  await insertStaffSession(tx, {
    id,
    tokenHash: hashSecretText(text),
    userId: user.id,
    method,
    address: visitor.address,
    userAgent: visitor.userAgent.slice(0, MAX_AGENT),
    lastUsedAt: new Date(nowMs),
    expiresAt: new Date(nowMs + ABSOLUTE_MS),
  })
  const changes = {
    method: { from: null, to: method },
    address: { from: null, to: visitor.address },
  }
  await recordUserAudit(tx, user.id, { action: 'staff_session.create', target: id, changes })
  return text
}

/** Read at every request, so that what is revoked is over at once. @throws {UnauthenticatedError} */
export async function verifySession(ctx: CoreContext, text: string): Promise<SignedIn> {
  if (!isSecretText('phs_', text)) throw sessionEnded()
  const session = await findStaffSession(ctx.db.prisma, hashSecretText(text))
  const nowMs = ctx.clock.nowMs()
  if (session === null || isOver(session, nowMs)) throw sessionEnded()
  const user = await findStaffUser(ctx.db.prisma, { id: session.userId })
  if (user === null) throw sessionEnded()
  if (nowMs - session.lastUsedAt.getTime() > TOUCH_MS)
    await touchStaffSession(ctx.db.prisma, session.id, new Date(nowMs))
  return { sessionId: session.id, user }
}

function sessionEnded(): UnauthenticatedError {
  return new UnauthenticatedError('The session has ended: sign in again.')
}

function isOver(session: StaffSession, nowMs: number): boolean {
  return session.expiresAt.getTime() <= nowMs || session.lastUsedAt.getTime() + IDLE_MS <= nowMs
}

export interface Membership {
  readonly orgId: string
  /** Null: nobody named it. */
  readonly name: string | null
  readonly role: StaffRole
  /** The only ones that they may see in it; null: all. */
  readonly applications: NamedApplication[] | null
}

/** What a user may do in an organisation, and with which of its applications. */
export interface Place {
  readonly role: StaffRole
  /** Null: with all. */
  readonly appIds: ReadonlySet<string> | null
}

/** Null: no member, or shut out. */
export async function findPlace(
  ctx: Pick<CoreContext, 'db'>,
  userId: string,
  orgId: string,
): Promise<Place | null> {
  const member = await findMembership(ctx.db.prisma, { orgId }, userId)
  if (member === null || member.disabledAt !== null || !isStaffRole(member.role)) return null
  const { role, appIds } = member
  return { role, appIds: appIds.length === 0 ? null : new Set(appIds) }
}

export async function listRoles(
  ctx: Pick<CoreContext, 'db'>,
  userId: string,
): Promise<Membership[]> {
  const members = await listMemberships(ctx.db.prisma, userId)
  const ids = members.map(({ orgId }) => orgId)
  const rows = await listOrganisations(ctx.db.prisma, ids)
  const names = new Map(rows.map(({ id, name }) => [id, name]))
  const memberships = await Promise.all(
    members.map(async (member): Promise<Membership | null> => {
      const { orgId, role, disabledAt } = member
      if (disabledAt !== null || !isStaffRole(role)) return null
      const applications = tellLimit(member, await nameLimits(ctx, { orgId }, [member]))
      return { orgId, name: names.get(orgId) ?? null, role, applications }
    }),
  )
  return memberships.filter((membership) => membership !== null)
}

export function listSessions(ctx: CoreContext, userId: string): Promise<StaffSession[]> {
  return listStaffSessions(ctx.db.prisma, userId, liveSpan(ctx.clock.nowMs()))
}

function liveSpan(nowMs: number): LiveSpan {
  return { usedAfter: new Date(nowMs - IDLE_MS), now: new Date(nowMs) }
}

/** One's own: another user's is as unknown as one that never was. */
export async function endSession(ctx: CoreContext, userId: string, id: string): Promise<void> {
  await inTransaction(ctx.db, async (tx) => {
    if ((await deleteStaffSessions(tx, userId, { id })) === 0)
      throw new NotFoundError('There is no such session.')
    await recordUserAudit(tx, userId, { action: 'staff_session.end', target: id })
  })
}

export async function endOtherSessions(ctx: CoreContext, signedIn: SignedIn): Promise<void> {
  const { sessionId, user } = signedIn
  await inTransaction(ctx.db, async (tx) => {
    await deleteStaffSessions(tx, user.id, { except: sessionId })
    await recordUserAudit(tx, user.id, { action: 'staff_session.end_others', target: user.id })
  })
}
