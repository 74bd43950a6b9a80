import { findOrganisation, inTransaction, insertOrganisation, type Transaction } from '@posthorn/db'
import {
  countActiveEventTypes,
  insertMember,
  listMemberships,
  listOrganisations,
  lockStaffUser,
  renameOrganisation as renameRow,
} from '@posthorn/db/staff'
import { newId } from '@posthorn/runtime'
import type { OrgScope } from '../actor.ts'
import { diffChanges } from '../audit/diff-changes.ts'
import { recordAudit } from '../audit/record-audit.ts'
import type { CoreContext } from '../context.ts'
import { ConflictError, ForbiddenError, NotFoundError, RefusedError } from '../errors.ts'
import { listRoles, type Membership } from '../staff/session.ts'

/** Of one user. */
const MAX_OWN_ORGANISATIONS = 100

export interface OwnOrganisation extends Membership {
  readonly createdAt: Date
  /** Not archived. */
  readonly eventTypes: number
}

/** Those that the user may enter, with what they are in each. */
export async function listOwnOrganisations(
  ctx: Pick<CoreContext, 'db'>,
  userId: string,
): Promise<OwnOrganisation[]> {
  const memberships = await listRoles(ctx, userId)
  const ids = memberships.map(({ orgId }) => orgId)
  const rows = await listOrganisations(ctx.db.prisma, ids)
  const counts = await countActiveEventTypes(ctx.db.prisma, ids)
  const createdAt = new Map(rows.map((row) => [row.id, row.createdAt]))
  return memberships.map((membership) => ({
    ...membership,
    createdAt: createdAt.get(membership.orgId) ?? new Date(0),
    eventTypes: counts.get(membership.orgId) ?? 0,
  }))
}

export interface NewOrganisation {
  readonly userId: string
  readonly name: string
  readonly requestId?: string | undefined
  readonly address?: string | undefined
}

/** Another environment, owned by whoever makes it; only an owner of one may. Answers its id. */
export async function createOrganisation(
  ctx: CoreContext,
  { userId, name, requestId, address }: NewOrganisation,
): Promise<string> {
  const nowMs = ctx.clock.nowMs()
  const orgId = newId('org_', nowMs)
  const actor = { kind: 'user', id: userId } as const
  await inTransaction(ctx.db, async (tx) => {
    await lockStaffUser(tx, userId)
    await refuseMore(tx, { userId, name })
    await insertOrganisation(tx, { id: orgId, operationalAppId: newId('app_', nowMs), name })
    await insertMember(tx, { orgId }, { userId, role: 'owner', appIds: [] })
    const changes = diffChanges({}, { name })
    await recordAudit(
      tx,
      { orgId, actor, requestId, address },
      { action: 'organisation.create', target: orgId, changes },
    )
  })
  return orgId
}

async function refuseMore(
  tx: Transaction,
  { userId, name }: Pick<NewOrganisation, 'userId' | 'name'>,
): Promise<void> {
  const memberships = await listMemberships(tx, userId)
  if (!memberships.some(({ role, disabledAt }) => role === 'owner' && disabledAt === null))
    throw new ForbiddenError('This needs the role owner in an organisation.')
  if (memberships.length >= MAX_OWN_ORGANISATIONS)
    throw new RefusedError(
      'limit_reached',
      `A user is in at most ${MAX_OWN_ORGANISATIONS} organisations.`,
    )
  const ids = memberships.map(({ orgId }) => orgId)
  const names = (await listOrganisations(tx, ids)).map((row) => row.name?.toLowerCase())
  if (names.includes(name.toLowerCase()))
    throw new ConflictError('You have an organisation of that name.', 'organisation_exists')
}

export async function renameOrganisation(
  ctx: CoreContext,
  scope: OrgScope,
  name: string,
): Promise<void> {
  await inTransaction(ctx.db, async (tx) => {
    const before = await findOrganisation(tx, scope.orgId)
    if (before === null) throw new NotFoundError()
    if (before.name === name) return
    await renameRow(tx, scope, name)
    const changes = diffChanges({ name: before.name }, { name })
    await recordAudit(tx, scope, { action: 'organisation.rename', target: scope.orgId, changes })
  })
}
