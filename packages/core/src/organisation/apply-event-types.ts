import { countEventTypes, type Transaction } from '@posthorn/db'
import { copyEventTypes } from '@posthorn/db/staff'
import type { OrgScope } from '../actor.ts'
import { recordAudits } from '../audit/record-audit.ts'
import { announceChange } from '../changes/change.ts'
import { RefusedError } from '../errors.ts'
import { MAX_EVENT_TYPES } from '../event-type/save-event-type.ts'
import type { PlannedEventType } from './plan-copy.ts'

/** All at once: a statement for each would take long. False: somebody made one of them meanwhile. */
export async function applyEventTypes(
  tx: Transaction,
  scope: OrgScope,
  { fromOrgId, items }: { readonly fromOrgId: string; readonly items: readonly PlannedEventType[] },
): Promise<boolean> {
  const [first] = items
  if (first === undefined) return true
  const namesOf = (change: PlannedEventType['change']) =>
    items.filter((item) => item.change === change).map((item) => item.name)
  const added = namesOf('add')
  const pair = { fromOrgId, toOrgId: scope.orgId }
  const made = await copyEventTypes(tx, pair, { added, changed: namesOf('change') })
  if (made !== added.length) return false
  if (made > 0 && (await countEventTypes(tx, scope)) > MAX_EVENT_TYPES)
    throw new RefusedError(
      'limit_reached',
      `An organisation has at most ${MAX_EVENT_TYPES} event types.`,
    )
  await recordAudits(
    tx,
    scope,
    items.map(({ name, change, changes }) => ({
      action: change === 'add' ? 'event_type.create' : 'event_type.update',
      target: name,
      changes,
    })),
  )
  // Caches forget all of an organisation by any of its types.
  await announceChange(tx, { kind: 'event_type', orgId: scope.orgId, name: first.name })
  return true
}
