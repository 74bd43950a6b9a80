import type { Database } from './database.ts'

/** What a publish needs of its event type. */
export interface EventTypeSchema {
  readonly validation: 'off' | 'warn' | 'reject'
  /** The newest version's JSON Schema; null when there is none. */
  readonly schema: unknown
  /** Changes whenever the schema does. */
  readonly version: string
}

/** Null: no such event type; nothing is checked then. */
export async function findEventTypeSchema(
  db: Pick<Database['prisma'], 'eventType'>,
  scope: { readonly orgId: string },
  name: string,
): Promise<EventTypeSchema | null> {
  const row = await db.eventType.findUnique({
    where: { orgId_name: { orgId: scope.orgId, name } },
    select: { schemas: true, schemaValidation: true, version: true, updatedAt: true },
  })
  if (row === null) return null
  const version = `${row.version}/${row.updatedAt.getTime()}`
  return { validation: row.schemaValidation, schema: newestSchema(row.schemas), version }
}

// Versions are the keys, "1", "2", …: the largest number is the newest.
function newestSchema(schemas: unknown): unknown {
  if (typeof schemas !== 'object' || schemas === null) return null
  const newest = Object.entries(schemas).toSorted(([a], [b]) => Number(b) - Number(a))[0]
  return newest?.[1] ?? null
}
