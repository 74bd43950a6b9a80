import {
  countEventTypes,
  type EventType,
  type EventTypeFields,
  insertEventType,
  inTransaction,
  lockEventType,
  type Transaction,
  updateEventType,
} from '@posthorn/db'
import type { OrgScope } from '../actor.ts'
import { diffChanges } from '../audit/diff-changes.ts'
import { recordAudit } from '../audit/record-audit.ts'
import { announceChange } from '../changes/change.ts'
import type { CoreContext } from '../context.ts'
import { ConflictError, NotFoundError, RefusedError } from '../errors.ts'

/** Archived ones too. */
export const MAX_EVENT_TYPES = 10_000

export interface EventTypeInput<Fields> {
  readonly name: string
  readonly fields: Fields
}

/** Creates a type, or takes an archived one of that name back into use. @throws {ConflictError} it is in use */
export function createEventType(
  ctx: CoreContext,
  scope: OrgScope,
  input: EventTypeInput<EventTypeFields>,
): Promise<EventType> {
  return inTransaction(ctx.db, async (tx) => {
    const created = await insertNewEventType(tx, scope, input)
    if (created !== null) return created
    const existing = await lockEventType(tx, scope, input.name)
    if (existing === null || !existing.archived) throw alreadyThere()
    return changeEventType(tx, scope, { before: existing, fields: input.fields })
  })
}

/** Replaces all fields, or creates the type under that name. */
export function upsertEventType(
  ctx: CoreContext,
  scope: OrgScope,
  input: EventTypeInput<EventTypeFields>,
): Promise<{ eventType: EventType; isCreated: boolean }> {
  return inTransaction(ctx.db, async (tx) => {
    const created = await insertNewEventType(tx, scope, input)
    if (created !== null) return { eventType: created, isCreated: true }
    const before = await lockEventType(tx, scope, input.name)
    // It was there to refuse the insert, and was deleted since.
    if (before === null) throw new ConflictError()
    return {
      eventType: await changeEventType(tx, scope, { before, fields: input.fields }),
      isCreated: false,
    }
  })
}

export function patchEventType(
  ctx: CoreContext,
  scope: OrgScope,
  { name, fields }: EventTypeInput<Partial<EventTypeFields>>,
): Promise<EventType> {
  return inTransaction(ctx.db, async (tx) => {
    const before = await lockEventType(tx, scope, name)
    if (before === null) throw new NotFoundError()
    return changeEventType(tx, scope, { before, fields })
  })
}

export async function insertNewEventType(
  tx: Transaction,
  scope: OrgScope,
  { name, fields }: EventTypeInput<EventTypeFields>,
): Promise<EventType | null> {
  const created = await insertEventType(tx, scope, { ...fields, name })
  if (created === null) return null
  if ((await countEventTypes(tx, scope)) > MAX_EVENT_TYPES) {
    const message = `An organisation has at most ${MAX_EVENT_TYPES} event types.`
    throw new RefusedError('limit_reached', message)
  }
  const changes = diffChanges({}, { ...fields })
  await recordAudit(tx, scope, { action: 'event_type.create', target: name, changes })
  await announceChange(tx, { kind: 'event_type', orgId: scope.orgId, name })
  return created
}

interface Changing {
  readonly before: EventType
  readonly fields: Partial<EventTypeFields>
}

export async function changeEventType(
  tx: Transaction,
  scope: OrgScope,
  { before, fields }: Changing,
): Promise<EventType> {
  const { name } = before
  const eventType = await updateEventType(tx, { orgId: scope.orgId, name }, fields)
  const changes = diffChanges({ ...before }, { ...fields })
  await recordAudit(tx, scope, { action: 'event_type.update', target: name, changes })
  await announceChange(tx, { kind: 'event_type', orgId: scope.orgId, name })
  return eventType
}

function alreadyThere(): ConflictError {
  return new ConflictError('An event type with that name exists already.', 'event_type_exists')
}
