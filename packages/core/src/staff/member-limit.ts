import type { Transaction } from '@posthorn/db'
import { insertMember } from '@posthorn/db/staff'
import { diffChanges } from '../audit/diff-changes.ts'
import { recordAudit } from '../audit/record-audit.ts'
import { refused } from '../auth/application-limit.ts'
import { isRoleAtLeast, isStaffRole, type StaffRole } from './role.ts'

/** Admins and owners answer for the whole organisation: they could lift any limit. */
export function isLimitable(role: string): boolean {
  return isStaffRole(role) && !isRoleAtLeast(role, 'admin')
}

/** @throws {InvalidInputError} whoever has the role cannot be limited */
export function refuseLimit(role: string, appIds: readonly string[] | null): void {
  if (appIds !== null && appIds.length > 0 && !isLimitable(role))
    throw refused('Only users with the role viewer or support are limited to applications.')
}

/** As the record of who gets in tells it: nothing where there is no limit. */
export function auditOfLimit(appIds: readonly string[]): { readonly appIds?: readonly string[] } {
  return appIds.length === 0 ? {} : { appIds }
}

export interface Joining {
  readonly orgId: string
  readonly role: StaffRole
  readonly appIds: readonly string[]
  readonly invitedBy?: string
}

/** Every way in ends here, so that none leaves the limit behind. */
export async function joinOrganisation(
  tx: Transaction,
  userId: string,
  { orgId, role, appIds, ...by }: Joining,
): Promise<void> {
  await insertMember(tx, { orgId }, { userId, role, appIds })
  const scope = { orgId, actor: { kind: 'user', id: userId } } as const
  const changes = diffChanges({}, { role, ...auditOfLimit(appIds), ...by })
  await recordAudit(tx, scope, { action: 'staff_user.join', target: userId, changes })
}
