/** A change of a schema that somebody who relies on the former one may trip over. */
export interface BreakingChange {
  readonly kind:
    | 'removed'
    | 'may_lack'
    | 'type'
    | 'new_value'
    | 'required'
    | 'no_value'
    | 'no_others'
  /** Where, as `order.lines[].price`; empty: the payload itself. */
  readonly path: string
  readonly from?: string
  readonly to?: string
}

type Schema = Readonly<Record<string, unknown>>

const MAX_DEPTH = 20

/**
 * What receivers may miss or not know (a property gone or no longer always there, another type, a new value), and what
 * makes payloads wrong that were right (newly required, a value gone, no other properties). What stands behind a
 * `$ref` or a combination such as `anyOf` is not looked into.
 */
export function breakingChanges(before: Schema, after: Schema): BreakingChange[] {
  return compare(before, after, { path: '', depth: 0 })
}

interface Place {
  readonly path: string
  readonly depth: number
}

function compare(before: Schema, after: Schema, { path, depth }: Place): BreakingChange[] {
  if (depth > MAX_DEPTH) return []
  const [from, to] = [typeText(before), typeText(after)]
  if (from !== to && from !== '' && to !== '') return [{ kind: 'type', path, from, to }]
  return [
    ...valueChanges(before, after, path),
    ...propertyChanges(before, after, { path, depth }),
    ...itemChanges(before, after, { path, depth }),
  ]
}

function typeText({ type }: Schema): string {
  if (Array.isArray(type)) return type.map(String).toSorted().join(' | ')
  return typeof type === 'string' ? type : ''
}

function valueChanges(before: Schema, after: Schema, path: string): BreakingChange[] {
  const [old, next] = [valuesOf(before), valuesOf(after)]
  if (old === null && next === null) return []
  const added = next === null ? [] : next.filter((value) => old !== null && !old.includes(value))
  const gone = old === null ? [] : old.filter((value) => next !== null && !next.includes(value))
  return [
    ...(added.length > 0 ? [{ kind: 'new_value', path, to: added.join(', ') } as const] : []),
    ...(gone.length > 0 ? [{ kind: 'no_value', path, from: gone.join(', ') } as const] : []),
  ]
}

/** Null: any. */
function valuesOf(schema: Schema): string[] | null {
  if (Array.isArray(schema['enum'])) return schema['enum'].map((value) => JSON.stringify(value))
  return schema['const'] === undefined ? null : [JSON.stringify(schema['const'])]
}

function propertyChanges(before: Schema, after: Schema, place: Place): BreakingChange[] {
  const [old, next] = [propertiesOf(before), propertiesOf(after)]
  const [needed, needs] = [requiredOf(before), requiredOf(after)]
  const at = (name: string) => (place.path === '' ? name : `${place.path}.${name}`)
  const changes = [...new Set([...old.keys(), ...needed])].flatMap((name): BreakingChange[] => {
    const [was, is] = [old.get(name), next.get(name)]
    if (was !== undefined && is === undefined) return [{ kind: 'removed', path: at(name) }]
    const deeper =
      was === undefined || is === undefined
        ? []
        : compare(was, is, { path: at(name), depth: place.depth + 1 })
    const isLoose = needed.has(name) && !needs.has(name)
    return [...(isLoose ? [{ kind: 'may_lack', path: at(name) } as const] : []), ...deeper]
  })
  const required = [...needs].filter((name) => !needed.has(name))
  const closes = before['additionalProperties'] !== false && after['additionalProperties'] === false
  return [
    ...changes,
    ...required.map((name) => ({ kind: 'required', path: at(name) }) as const),
    ...(closes ? [{ kind: 'no_others', path: place.path } as const] : []),
  ]
}

function itemChanges(before: Schema, after: Schema, place: Place): BreakingChange[] {
  const [was, is] = [before['items'], after['items']]
  if (!isSchema(was) || !isSchema(is)) return []
  return compare(was, is, { path: `${place.path}[]`, depth: place.depth + 1 })
}

function propertiesOf({ properties }: Schema): ReadonlyMap<string, Schema> {
  if (!isSchema(properties)) return new Map()
  return new Map(
    Object.entries(properties).flatMap(([name, value]) => (isSchema(value) ? [[name, value]] : [])),
  )
}

function requiredOf({ required }: Schema): ReadonlySet<string> {
  return new Set(Array.isArray(required) ? required.filter((name) => typeof name === 'string') : [])
}

function isSchema(value: unknown): value is Schema {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
