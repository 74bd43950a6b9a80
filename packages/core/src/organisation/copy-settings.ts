import { findOrganisation, inTransaction, lockApplication, type Transaction } from '@posthorn/db'
import { lockCopying } from '@posthorn/db/staff'
import type { OrgScope } from '../actor.ts'
import { diffChanges } from '../audit/diff-changes.ts'
import { recordAudit } from '../audit/record-audit.ts'
import type { CoreContext } from '../context.ts'
import { createHeld } from '../endpoint/create-endpoint.ts'
import type { EndpointTransaction } from '../endpoint/endpoint-transaction.ts'
import { updateHeld } from '../endpoint/update-endpoint.ts'
import { ConflictError, ForbiddenError, InvalidInputError, NotFoundError } from '../errors.ts'
import { shownDigest } from '../shown-digest.ts'
import { isRoleAtLeast } from '../staff/role.ts'
import { findPlace } from '../staff/session.ts'
import { applyEventTypes } from './apply-event-types.ts'
import { applyAlert, planAlerts, type PlannedAlert } from './plan-copy-alerts.ts'
import {
  type CopiedKind,
  type CopyItem,
  type CopyPair,
  type Planned,
  type PlannedEventType,
  type PlannedWebhook,
  planEventTypes,
  planWebhooks,
} from './plan-copy.ts'

export interface CopyPlan {
  /** The first of what differs, as much as one copy takes. */
  readonly items: readonly CopyItem[]
  readonly total: number
  /** What only the target has: copying leaves it as it is. */
  readonly onlyThere: readonly {
    readonly kind: CopiedKind
    readonly names: readonly string[]
    readonly total: number
  }[]
  /** Of exactly this plan: what is applied is what was shown. */
  readonly digest: string
}

/** What copying from another organisation into this one would do. Changes nothing. */
export async function planCopy(
  ctx: CoreContext,
  scope: OrgScope,
  fromOrgId: string,
): Promise<CopyPlan> {
  await requireBoth(ctx, scope, fromOrgId)
  return inTransaction(ctx.db, async (tx) =>
    shownPlan(await makePlan(ctx, tx, await findPair(tx, scope, fromOrgId))),
  )
}

export interface CopyInput {
  readonly fromOrgId: string
  /** Of the plan that was shown. */
  readonly digest: string
}

/**
 * Brings this organisation to what the plan showed, all or nothing. Where nothing differs any more it does
 * nothing; where something else differs, it refuses.
 * @throws {ConflictError} `diff_outdated`
 */
export async function copySettings(
  ctx: CoreContext,
  scope: OrgScope,
  { fromOrgId, digest }: CopyInput,
): Promise<readonly CopyItem[]> {
  await requireBoth(ctx, scope, fromOrgId)
  return inTransaction(ctx.db, async (tx) => {
    await lockCopying(tx)
    const pair = await findPair(tx, scope, fromOrgId)
    // Before any event type, as every change of an endpoint locks in this order.
    const held = await holdWebhooks(ctx, tx, { ...scope, appId: pair.to.appId })
    const plan = await makePlan(ctx, tx, pair)
    const shown = shownPlan(plan)
    if (shown.items.length === 0) return []
    if (shown.digest !== digest) throw outdated()
    const { items } = plan.eventTypes
    if (!(await applyEventTypes(tx, scope, { fromOrgId, items }))) throw outdated()
    for (const item of plan.webhooks.items) await applyWebhook(ctx, held, item)
    for (const item of plan.alerts.items) await applyAlert(ctx, { tx, scope }, item)
    await recordCopy(tx, scope, { fromOrgId, items: shown.items })
    return shown.items
  })
}

async function requireBoth(ctx: CoreContext, scope: OrgScope, fromOrgId: string): Promise<void> {
  const { actor, orgId } = scope
  if (actor.kind !== 'user')
    throw new ForbiddenError('Only a user of the console works in more than one organisation.')
  if (fromOrgId === orgId)
    throw new InvalidInputError([
      { path: ['body', 'from'], message: 'Must be another organisation' },
    ])
  const place = await findPlace(ctx, actor.id, fromOrgId)
  if (place === null) throw new NotFoundError('There is no such organisation.')
  if (!isRoleAtLeast(place.role, 'admin'))
    throw new ForbiddenError('This needs the role admin in both organisations.')
}

async function findPair(tx: Transaction, scope: OrgScope, fromOrgId: string): Promise<CopyPair> {
  const [from, to] = [
    await findOrganisation(tx, fromOrgId),
    await findOrganisation(tx, scope.orgId),
  ]
  if (from === null || to === null) throw new NotFoundError('There is no such organisation.')
  return {
    from: { orgId: from.id, appId: from.operationalAppId },
    to: { orgId: to.id, appId: to.operationalAppId },
  }
}

interface Plan {
  readonly pair: CopyPair
  readonly eventTypes: Planned<PlannedEventType>
  readonly webhooks: Planned<PlannedWebhook>
  readonly alerts: Planned<PlannedAlert>
}

async function makePlan(ctx: CoreContext, tx: Transaction, pair: CopyPair): Promise<Plan> {
  return {
    pair,
    eventTypes: await planEventTypes(tx, pair),
    webhooks: await planWebhooks(tx, pair),
    alerts: await planAlerts(ctx, tx, pair),
  }
}

function shownPlan({ pair, eventTypes, webhooks, alerts }: Plan): CopyPlan {
  const items = [...eventTypes.items, ...webhooks.items, ...alerts.items].map(
    ({ kind, name, change, changes }): CopyItem => ({ kind, name, change, changes }),
  )
  return {
    items,
    total: eventTypes.total + webhooks.total + alerts.total,
    onlyThere: [
      { kind: 'event_type', ...eventTypes.onlyThere },
      { kind: 'operational_webhook', ...webhooks.onlyThere },
      { kind: 'alert_rule', ...alerts.onlyThere },
    ],
    digest: shownDigest([pair.from.orgId, pair.to.orgId, items]),
  }
}

async function holdWebhooks(
  ctx: CoreContext,
  tx: Transaction,
  scope: EndpointTransaction['scope'],
): Promise<EndpointTransaction> {
  const application = await lockApplication(tx, scope)
  if (application === null) throw new NotFoundError()
  return { tx, scope, application, now: new Date(ctx.clock.nowMs()) }
}

async function applyWebhook(
  ctx: CoreContext,
  held: EndpointTransaction,
  { name: url, before, fields }: PlannedWebhook,
): Promise<void> {
  if (before !== null) {
    await updateHeld(ctx, held, { before, idOrUid: before.id, fields })
    return
  }
  const own = { uid: null, disabled: false, channels: null, retrySchedule: null, secret: null }
  await createHeld(ctx, held, { ...fields, ...own, url, headers: {} })
}

async function recordCopy(
  tx: Transaction,
  scope: OrgScope,
  { fromOrgId, items }: { readonly fromOrgId: string; readonly items: readonly CopyItem[] },
): Promise<void> {
  const added = items.filter((item) => item.change === 'add').length
  const changes = diffChanges({}, { added, changed: items.length - added })
  await recordAudit(tx, scope, { action: 'organisation.copy_from', target: fromOrgId, changes })
  const source = { ...scope, orgId: fromOrgId }
  await recordAudit(tx, source, { action: 'organisation.copy_to', target: scope.orgId, changes })
}

function outdated(): ConflictError {
  const message = 'Something changed since this was shown: look at what differs once more.'
  return new ConflictError(message, 'diff_outdated')
}
