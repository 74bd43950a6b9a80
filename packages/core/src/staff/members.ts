import { inTransaction, type StaffMember, type Transaction } from '@posthorn/db'
import {
  findMembership,
  listMembers as listRows,
  lockOwners,
  type MemberRow,
  updateMember,
} from '@posthorn/db/staff'
import type { OrgScope } from '../actor.ts'
import { diffChanges } from '../audit/diff-changes.ts'
import { recordAudit } from '../audit/record-audit.ts'
import type { CoreContext } from '../context.ts'
import { NotFoundError, RefusedError } from '../errors.ts'
import { listPage, type Page, type PageRequest } from '../list-page.ts'
import type { StaffRole } from './role.ts'

export function listMembers(
  ctx: Pick<CoreContext, 'db'>,
  scope: OrgScope,
  request: PageRequest,
): Promise<Page<MemberRow>> {
  return listPage(request, {
    fetch: (window) => listRows(ctx.db.prisma, scope, window),
    keyOf: (member) => member.userId,
  })
}

export interface MemberChange {
  readonly userId: string
  readonly role?: StaffRole | undefined
  readonly disabled?: boolean | undefined
}

/** In this organisation only. The last owner stays one. In force with the next request of each session. */
export async function changeMember(
  ctx: CoreContext,
  scope: OrgScope,
  change: MemberChange,
): Promise<void> {
  await inTransaction(ctx.db, async (tx) => {
    const owners = await lockOwners(tx, scope)
    const member = await getMember(tx, scope, change.userId)
    const next = {
      role: change.role ?? member.role,
      disabledAt: disabledAtOf(member, change.disabled, ctx.clock.nowMs()),
    }
    const staysOwner = next.role === 'owner' && next.disabledAt === null
    if (!staysOwner && owners.every((id) => id === change.userId) && owners.length > 0)
      throw new RefusedError('last_owner', 'This is the last owner: name another one first.')
    await updateMember(tx, scope, { userId: change.userId, ...next })
    const changes = diffChanges({ role: member.role, disabledAt: member.disabledAt }, next)
    await recordAudit(tx, scope, { action: 'staff_user.change', target: change.userId, changes })
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

async function getMember(tx: Transaction, scope: OrgScope, userId: string): Promise<StaffMember> {
  const member = await findMembership(tx, scope, userId)
  if (member === null) throw new NotFoundError('There is no such user.')
  return member
}
