import { inTransaction, type StaffMember, type StaffUser, type Transaction } from '@posthorn/db'
import {
  deleteStaffLinks,
  findMembership,
  findStaffUser,
  listMembers as listRows,
  lockOwners,
  type MemberRow,
  updateMember,
} from '@posthorn/db/staff'
import type { OrgScope } from '../actor.ts'
import { diffChanges } from '../audit/diff-changes.ts'
import { recordAudit } from '../audit/record-audit.ts'
import { findApplicationIds, nameLimits } from '../auth/application-limit.ts'
import { announceChange } from '../changes/change.ts'
import type { CoreContext } from '../context.ts'
import { NotFoundError, RefusedError } from '../errors.ts'
import { listPage, type Page, type PageRequest } from '../list-page.ts'
import { isLimitable, refuseLimit } from './member-limit.ts'
import type { StaffRole } from './role.ts'

/** With the names of the applications that they are limited to, by id. */
export interface NamedMember {
  readonly member: MemberRow
  readonly names: ReadonlyMap<string, string>
}

export async function listMembers(
  ctx: Pick<CoreContext, 'db'>,
  scope: OrgScope,
  request: PageRequest,
): Promise<Page<NamedMember>> {
  const page = await listPage(request, {
    fetch: (window) => listRows(ctx.db.prisma, scope, window),
    keyOf: (member) => member.userId,
  })
  const names = await nameLimits(ctx, scope, page.items)
  return { ...page, items: page.items.map((member) => ({ member, names })) }
}

export interface MemberChange {
  readonly userId: string
  readonly role?: StaffRole | undefined
  readonly disabled?: boolean | undefined
  /** Ids or uids of the only ones that they may see; empty: all. */
  readonly applications?: readonly string[] | undefined
}

/**
 * In this organisation only. The last owner stays one; who becomes an admin or owner is limited no more.
 * In force with the next request of each session; invitations that are still open, which would undo it, end.
 */
export async function changeMember(
  ctx: CoreContext,
  scope: OrgScope,
  change: MemberChange,
): Promise<void> {
  const asked =
    change.applications === undefined
      ? null
      : await findApplicationIds(ctx, scope, change.applications)
  await inTransaction(ctx.db, async (tx) => {
    const owners = await lockOwners(tx, scope)
    const member = await getMember(tx, scope, change.userId)
    const role = change.role ?? member.role
    refuseLimit(role, asked)
    const next = {
      role,
      disabledAt: disabledAtOf(member, change.disabled, ctx.clock.nowMs()),
      appIds: isLimitable(role) ? (asked ?? member.appIds) : [],
    }
    const staysOwner = next.role === 'owner' && next.disabledAt === null
    if (!staysOwner && owners.every((id) => id === change.userId) && owners.length > 0)
      throw new RefusedError('last_owner', 'This is the last owner: name another one first.')
    await updateMember(tx, scope, { userId: change.userId, ...next })
    const { email } = await getUser(tx, change.userId)
    await deleteStaffLinks(tx, { purpose: 'invitation', orgId: scope.orgId, email })
    const { role: from, disabledAt, appIds } = member
    const changes = diffChanges({ role: from, disabledAt, appIds }, next)
    await recordAudit(tx, scope, { action: 'staff_user.change', target: change.userId, changes })
    await announceChange(tx, { kind: 'principal', orgId: scope.orgId })
  })
}

function disabledAtOf(
  member: StaffMember,
  disabled: boolean | undefined,
  nowMs: number,
): Date | null {
  if (disabled === undefined) return member.disabledAt
  return disabled ? (member.disabledAt ?? new Date(nowMs)) : null
}

async function getUser(tx: Transaction, userId: string): Promise<StaffUser> {
  const user = await findStaffUser(tx, { id: userId })
  if (user === null) throw new NotFoundError('There is no such user.')
  return user
}

async function getMember(tx: Transaction, scope: OrgScope, userId: string): Promise<StaffMember> {
  const member = await findMembership(tx, scope, userId)
  if (member === null) throw new NotFoundError('There is no such user.')
  return member
}
