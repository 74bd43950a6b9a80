type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json }

/** Field by what it was and what it is; `null` on either side for what did not exist. */
export type AuditChanges = { readonly [field: string]: { readonly from: Json; readonly to: Json } }

/** Stands in the audit record for a value that is secret. */
export const WITHHELD = '[withheld]'

type Fields = Readonly<Record<string, unknown>>

/** What differs between two states of an object, field by field of `after`. */
export function diffChanges(before: Fields, after: Fields): AuditChanges {
  const changes: Record<string, { from: Json; to: Json }> = {}
  for (const [field, value] of Object.entries(after)) {
    const from = toJson(before[field])
    const to = toJson(value)
    if (JSON.stringify(from) !== JSON.stringify(to)) changes[field] = { from, to }
  }
  return changes
}

function toJson(value: unknown): Json {
  if (value === undefined || value === null) return null
  if (typeof value === 'bigint') return value.toString()
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean')
    return value
  if (value instanceof Date) return value.toISOString()
  if (Array.isArray(value)) return value.map(toJson)
  // The database keeps no order of keys, so an order alone is no difference.
  const entries = Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1))
  return Object.fromEntries(entries.map(([key, item]) => [key, toJson(item)]))
}
