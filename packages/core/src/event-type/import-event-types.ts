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
import { ConflictError, RefusedError } from '../errors.ts'
import { shownDigest } from '../shown-digest.ts'
import { archiveEventType } from './delete-event-type.ts'
import { changeEventType, insertNewEventType } from './save-event-type.ts'

export interface ImportedEventType {
  readonly name: string
  readonly fields: Pick<EventTypeFields, 'description' | 'deprecated'> &
    Partial<Pick<EventTypeFields, 'schemas' | 'groupName' | 'featureFlags'>>
}

export interface EventTypeImport {
  readonly changes: readonly ImportChange[]
  /** Of all that would change, and from what. */
  readonly digest: string
}

export interface ImportChange {
  readonly name: string
  readonly kind: 'create' | 'update' | 'archive'
  readonly changes: AuditChanges
}

const MAX_ARCHIVED = 1_000

/**
 * Brings the catalog to what was described, all or nothing, and answers what differs. Fields that weren't
 * described stay. With `replaceAll`, types that weren't described are archived. `dryRun` only answers; with
 * the `digest` of one, what it showed is done or nothing.
 * @throws {ConflictError} `diff_outdated`
 */
export function importEventTypes(
  ctx: CoreContext,
  scope: OrgScope,
  input: {
    readonly eventTypes: readonly ImportedEventType[]
    readonly replaceAll: boolean
    readonly dryRun: boolean
    readonly digest: string | null
  },
): Promise<EventTypeImport> {
  return inTransaction(ctx.db, async (tx) => {
    const names = input.eventTypes.map((one) => one.name)
    const known = new Map((await lockEventTypes(tx, scope, names)).map((row) => [row.name, row]))
    const planned = input.eventTypes.flatMap((imported) => {
      const before = known.get(imported.name) ?? null
      const change = planChange(imported, before)
      return change === null ? [] : [{ imported, before, change }]
    })
    const others = input.replaceAll ? await listOthers(tx, scope, new Set(names)) : []
    const changes = [...planned.map(({ change }) => change), ...others.map(archival)]
    const digest = shownDigest([scope.orgId, changes])
    if (input.dryRun || changes.length === 0) return { changes, digest }
    if (input.digest !== null && input.digest !== digest) throw outdated()
    for (const one of planned) await apply(tx, scope, one)
    for (const name of others) await archiveEventType(tx, scope, name)
    return { changes, digest }
  })
}

function archival(name: string): ImportChange {
  return { name, kind: 'archive', changes: { archived: { from: false, to: true } } }
}

function outdated(): ConflictError {
  const message =
    'Not what was shown: the document or the event types changed since. Look once more.'
  return new ConflictError(message, 'diff_outdated')
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
