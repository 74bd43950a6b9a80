import type { EventTypeOut } from '@posthorn/contracts'

type Schemas = NonNullable<EventTypeOut['schemas']>

function latestVersion(schemas: Schemas): string {
  return Object.keys(schemas).toSorted((a, b) => Number(b) - Number(a))[0] ?? '1'
}

/** The text of the newest version's schema; empty where there is none. */
export function latestSchema(eventType: EventTypeOut | undefined): string {
  const schemas = eventType?.schemas ?? {}
  const schema = schemas[latestVersion(schemas)]
  return schema === undefined ? '' : JSON.stringify(schema, null, 2)
}

/** The same of schemas by version as an import tells of them; null where there is none. */
export function newestOf(schemas: unknown): Readonly<Record<string, unknown>> | null {
  if (typeof schemas !== 'object' || schemas === null) return null
  const byVersion: Record<string, unknown> = { ...schemas }
  const schema = byVersion[latestVersion(byVersion)]
  return typeof schema === 'object' && schema !== null ? { ...schema } : null
}

/** Null: none is wanted. */
export function readSchema(text: string): object | 'fault' | null {
  if (text.trim() === '') return null
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : 'fault'
  } catch {
    return 'fault'
  }
}

/** The older versions stay as they are. */
export function withSchema(
  eventType: EventTypeOut | undefined,
  schema: object | null,
): Record<string, unknown> | null {
  const schemas = eventType?.schemas ?? {}
  if (schema === null) return null
  return { ...schemas, [latestVersion(schemas)]: schema }
}
