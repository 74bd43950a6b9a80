import type { AppScope } from '../actor.ts'
import { DEFAULT_CAPABILITIES, type Capability } from '../auth/capability.ts'
import type { AuthContext } from '../auth/context.ts'
import { createPortalAccess } from '../auth/create-portal-access.ts'
import { latestOf, type Principal } from '../auth/principal.ts'
import { ForbiddenError } from '../errors.ts'
import { isRoleAtLeast } from './role.ts'

const HOUR_SECONDS = 3_600
const READ_ONLY: readonly Capability[] = ['ViewBase']

/**
 * The customer's portal for one of the staff. Its session says whose it is (`staff-usr_…`): so do the audit
 * rows of what is done in it, and so does the portal itself.
 */
export async function openPortalAsStaff(
  ctx: AuthContext,
  scope: AppScope,
  asked: { readonly principal: Principal; readonly canManage: boolean },
): Promise<string> {
  const { principal, canManage } = asked
  const isAdmin = principal.kind !== 'staff' || isRoleAtLeast(principal.role, 'admin')
  if (canManage && !isAdmin)
    throw new ForbiddenError('Managing as the customer needs the role admin.')
  const who = principal.kind === 'staff' ? principal.userId : 'script'
  return createPortalAccess(ctx, scope, {
    sessionId: `staff-${who}`,
    expirySeconds: HOUR_SECONDS,
    capabilities: canManage ? DEFAULT_CAPABILITIES : READ_ONLY,
    featureFlags: [],
    latestMs: latestOf(principal),
  })
}
