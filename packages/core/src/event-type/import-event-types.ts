import {
  type EventType,
  type EventTypeFields,
  inTransaction,
  listActiveNames,
  lockEventTypes,
  type Transaction,
} from '@posthorn/db'
import type { OrgScope } from '../actor.ts'
import { type AuditChanges, diffChanges } from '../audit/diff-changes.ts'
import type { CoreContext } from '../context.ts'
import { RefusedError } from '../errors.ts'
import { archiveEventType } from './delete-event-type.ts'
import { changeEventType, insertNewEventType } from './save-event-type.ts'

export interface ImportedEventType {
  readonly name: string
  readonly fields: Pick<EventTypeFields, 'description' | 'deprecated'> &
    Partial<Pick<EventTypeFields, 'schemas' | 'groupName' | 'featureFlags'>>
}

export interface ImportChange {
  readonly name: string
  readonly kind: 'create' | 'update' | 'archive'
  readonly changes: AuditChanges
}

const MAX_ARCHIVED = 1_000

/**
 * Brings the catalog to what was described, all or nothing, and answers what differs. Fields that weren't
 * described stay. With `replaceAll`, types that weren't described are archived. `dryRun` only answers.
 */
export function importEventTypes(
  ctx: CoreContext,
  scope: OrgScope,
  input: {
    readonly eventTypes: readonly ImportedEventType[]
    readonly replaceAll: boolean
    readonly dryRun: boolean
  },
): Promise<ImportChange[]> {
  return inTransaction(ctx.db, async (tx) => {
    const names = input.eventTypes.map((one) => one.name)
    const known = new Map((await lockEventTypes(tx, scope, names)).map((row) => [row.name, row]))
    const changes: ImportChange[] = []
    for (const imported of input.eventTypes) {
      const before = known.get(imported.name) ?? null
      const change = planChange(imported, before)
      if (change === null) continue
      changes.push(change)
      if (!input.dryRun) await apply(tx, scope, { imported, before })
    }
    const others = input.replaceAll ? await listOthers(tx, scope, new Set(names)) : []
    for (const name of others) {
      changes.push({ name, kind: 'archive', changes: { archived: { from: false, to: true } } })
      if (!input.dryRun) await archiveEventType(tx, scope, name)
    }
    return changes
  })
}

function planChange(imported: ImportedEventType, before: EventType | null): ImportChange | null {
  const { name, fields } = imported
  if (before === null) return { name, kind: 'create', changes: diffChanges({}, { ...fields }) }
  const changes = diffChanges({ ...before }, { ...fields, archived: false })
  return Object.keys(changes).length === 0 ? null : { name, kind: 'update', changes }
}

async function apply(
  tx: Transaction,
  scope: OrgScope,
  {
    imported: { name, fields },
    before,
  }: { readonly imported: ImportedEventType; readonly before: EventType | null },
): Promise<void> {
  if (before !== null) {
    await changeEventType(tx, scope, { before, fields: { ...fields, archived: false } })
    return
  }
  await insertNewEventType(tx, scope, { name, fields: { ...UNDESCRIBED, ...fields } })
}

const UNDESCRIBED = {
  archived: false,
  schemas: null,
  schemaValidation: 'warn',
  groupName: null,
  featureFlags: [],
} as const

async function listOthers(
  tx: Transaction,
  scope: OrgScope,
  described: ReadonlySet<string>,
): Promise<string[]> {
  const names = (await listActiveNames(tx, scope)).filter((name) => !described.has(name))
  if (names.length <= MAX_ARCHIVED) return names
  const message = `At most ${MAX_ARCHIVED} event types are archived at once; these would be ${names.length}.`
  throw new RefusedError('limit_reached', message)
}
