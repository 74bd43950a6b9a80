import type { Database, Transaction } from './database.ts'
import { type EventType, Prisma } from './generated/client.ts'
import type { KeyWindow } from './keyset.ts'

type Reader = Pick<Database['prisma'], 'eventType'>
interface OrgKey {
  readonly orgId: string
}

export interface EventTypeFields {
  readonly description: string
  readonly archived: boolean
  readonly deprecated: boolean
  readonly schemas: Readonly<Record<string, unknown>> | null
  readonly schemaValidation: 'off' | 'warn' | 'reject'
  readonly groupName: string | null
  readonly featureFlags: readonly string[]
}

/** `flags` null: all; otherwise only types without a flag, or with one of these. */
export interface EventTypeView {
  readonly includeArchived: boolean
  readonly flags: ReadonlySet<string> | null
}

export function findEventType(db: Reader, scope: OrgKey, name: string): Promise<EventType | null> {
  return db.eventType.findUnique({ where: { orgId_name: { orgId: scope.orgId, name } } })
}

/** Archived ones too; bounded by how many an organisation may have. */
export function countEventTypes(
  db: Reader,
  { orgId }: OrgKey,
  filter: { readonly description?: string } = {},
): Promise<number> {
  return db.eventType.count({ where: { orgId, ...filter } })
}

/** Locks the row: what is compared and changed is the same state. */
export async function lockEventType(
  tx: Transaction,
  scope: OrgKey,
  name: string,
): Promise<EventType | null> {
  const rows = await tx.$queryRaw<{ name: string }[]>`
    SELECT name FROM event_type WHERE org_id = ${scope.orgId} AND name = ${name} FOR UPDATE`
  return rows.length === 0 ? null : findEventType(tx, scope, name)
}

/** Those of the names that are there, archived ones too, locked in order of their names. */
export async function lockEventTypes(
  tx: Transaction,
  scope: OrgKey,
  names: readonly string[],
): Promise<EventType[]> {
  await tx.$queryRaw`
    SELECT name FROM event_type WHERE org_id = ${scope.orgId} AND name = ANY (${[...names]}::text[])
     ORDER BY name FOR UPDATE`
  return tx.eventType.findMany({ where: { orgId: scope.orgId, name: { in: [...names] } } })
}

/** Not archived; bounded by how many an organisation may have. */
export async function listActiveNames(tx: Transaction, { orgId }: OrgKey): Promise<string[]> {
  const rows = await tx.eventType.findMany({
    where: { orgId, archived: false },
    select: { name: true },
    orderBy: { name: 'asc' },
  })
  return rows.map((row) => row.name)
}

export function listEventTypes(
  db: Reader,
  scope: OrgKey,
  { window, view }: { readonly window: KeyWindow; readonly view: EventTypeView },
): Promise<EventType[]> {
  const past =
    window.after === null ? {} : { [window.direction === 'asc' ? 'gt' : 'lt']: window.after }
  const visible =
    view.flags === null
      ? {}
      : {
          OR: [{ featureFlags: { isEmpty: true } }, { featureFlags: { hasSome: [...view.flags] } }],
        }
  return db.eventType.findMany({
    where: {
      orgId: scope.orgId,
      name: past,
      ...(view.includeArchived ? {} : { archived: false }),
      ...visible,
    },
    orderBy: { name: window.direction },
    take: window.take,
  })
}

/** Null when the name is taken, without an error, so that the transaction can go on. */
export async function insertEventType(
  tx: Transaction,
  scope: OrgKey,
  eventType: EventTypeFields & { readonly name: string },
): Promise<EventType | null> {
  const { name, ...fields } = eventType
  const data = { ...columns(fields), name, orgId: scope.orgId, description: eventType.description }
  const [created] = await tx.eventType.createManyAndReturn({ data: [data], skipDuplicates: true })
  return created ?? null
}

export function updateEventType(
  tx: Transaction,
  key: { readonly orgId: string; readonly name: string },
  fields: Partial<EventTypeFields>,
): Promise<EventType> {
  return tx.eventType.update({
    where: { orgId_name: key },
    data: { ...columns(fields), version: { increment: 1 }, updatedAt: new Date() },
  })
}

export async function deleteEventTypeRow(
  tx: Transaction,
  key: { readonly orgId: string; readonly name: string },
): Promise<void> {
  await tx.eventType.delete({ where: { orgId_name: key } })
}

function columns(fields: Partial<EventTypeFields>) {
  const { schemas, featureFlags, ...rest } = fields
  return {
    ...rest,
    ...(schemas === undefined
      ? {}
      : { schemas: schemas === null ? Prisma.DbNull : jsonOf(schemas) }),
    ...(featureFlags === undefined ? {} : { featureFlags: [...featureFlags] }),
  }
}

// Checked as JSON by the contract; Prisma's type knows only mutable JSON.
function jsonOf(schemas: Readonly<Record<string, unknown>>): Prisma.InputJsonObject {
  return schemas as Prisma.InputJsonObject
}
