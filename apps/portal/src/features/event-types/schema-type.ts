/**
 * A JSON Schema as a TypeScript type, for a reader to copy. What the language can't say (patterns, bounds, conditions)
 * is left out; what isn't understood is `unknown`, never left out. Pure, and bounded in depth and size.
 */

const MAX_DEPTH = 12
const MAX_CHARACTERS = 60_000
const INDENT = '  '

export function schemaType(name: string, schema: unknown): string {
  const text = `export type ${typeName(name)} = ${typeOf(schema, { root: schema, depth: 0, indent: 0, refs: [] })}`
  return text.length > MAX_CHARACTERS ? `export type ${typeName(name)} = unknown` : text
}

/** `invoice.paid` → `InvoicePaid`. */
function typeName(name: string): string {
  const words = name.split(/[^A-Za-z0-9]+/).filter((word) => word !== '')
  const joined = words.map((word) => word[0]?.toUpperCase() + word.slice(1)).join('')
  return /^[A-Za-z]/.test(joined) ? joined : `Event${joined}`
}

interface Place {
  readonly root: unknown
  readonly depth: number
  readonly indent: number
  /** On the way here: one that is met again is not followed. */
  readonly refs: readonly string[]
}

type Loose = Readonly<Record<string, unknown>>

function typeOf(schema: unknown, place: Place): string {
  if (place.depth > MAX_DEPTH || typeof schema !== 'object' || schema === null) return 'unknown'
  const loose = schema as Loose
  if (typeof loose['$ref'] === 'string') return referred(loose['$ref'], place)
  if ('const' in loose) return literal(loose['const'])
  if (Array.isArray(loose['enum'])) return union(loose['enum'].map(literal))
  for (const [key, sign] of [
    ['oneOf', ' | '],
    ['anyOf', ' | '],
    ['allOf', ' & '],
  ] as const) {
    const parts = loose[key]
    if (Array.isArray(parts) && parts.length > 0)
      return combined(loose, { key, sign, parts, place })
  }
  return plainType(loose, place)
}

function plainType(schema: Loose, place: Place): string {
  const types = [schema['type']].flat().filter((type) => typeof type === 'string')
  if (types.length > 0) return union(types.map((type) => ofKind(type, schema, place)))
  return 'properties' in schema ? objectType(schema, place) : 'unknown'
}

interface Combined {
  readonly key: string
  readonly sign: ' | ' | ' & '
  readonly parts: readonly unknown[]
  readonly place: Place
}

function combined(schema: Loose, { key, sign, parts, place }: Combined): string {
  const inner = { ...place, depth: place.depth + 1 }
  const { [key]: _, ...rest } = schema
  const own = plainType(rest, place)
  const all = [...new Set(parts.map((part) => typeOf(part, inner)))].map(grouped).join(sign)
  return own === 'unknown' ? all : `${grouped(own)} & ${parts.length > 1 ? `(${all})` : all}`
}

function referred(ref: string, place: Place): string {
  if (ref === '' || !ref.startsWith('#') || place.refs.includes(ref)) return 'unknown'
  const steps = ref.slice(1).split('/').slice(1)
  const target = steps.reduce<unknown>((at, step) => {
    const key = step.replaceAll('~1', '/').replaceAll('~0', '~')
    return typeof at === 'object' && at !== null && Object.hasOwn(at, key)
      ? (at as Loose)[key]
      : undefined
  }, place.root)
  return typeOf(target, { ...place, depth: place.depth + 1, refs: [...place.refs, ref] })
}

function ofKind(type: string, schema: Loose, place: Place): string {
  switch (type) {
    case 'string':
    case 'boolean':
    case 'null':
      return type
    case 'number':
    case 'integer':
      return 'number'
    case 'array':
      return `${grouped(typeOf(schema['items'], { ...place, depth: place.depth + 1 }))}[]`
    case 'object':
      return objectType(schema, place)
    default:
      return 'unknown'
  }
}

function objectType(schema: Loose, place: Place): string {
  const properties = Object.entries(Object(schema['properties']) as Loose)
  const inner = { ...place, depth: place.depth + 1, indent: place.indent + 1 }
  if (properties.length === 0) return recordType(schema['additionalProperties'], inner)
  const required: unknown[] = Array.isArray(schema['required']) ? schema['required'] : []
  const lines = properties.map(([name, property]) => {
    const sign = required.includes(name) ? '' : '?'
    return `${INDENT.repeat(inner.indent)}${keyOf(name)}${sign}: ${typeOf(property, inner)}`
  })
  return `{\n${lines.join('\n')}\n${INDENT.repeat(place.indent)}}`
}

function recordType(additional: unknown, place: Place): string {
  return `Record<string, ${typeOf(additional, place)}>`
}

function keyOf(name: string): string {
  return /^[A-Za-z_$][\w$]*$/.test(name) ? name : JSON.stringify(name)
}

function literal(value: unknown): string {
  const isPlain = value === null || ['string', 'number', 'boolean'].includes(typeof value)
  return isPlain ? JSON.stringify(value) : 'unknown'
}

function union(types: readonly string[]): string {
  return types.length === 0 ? 'never' : [...new Set(types)].join(' | ')
}

/** Fit to stand beside a sign that binds more closely. */
function grouped(type: string): string {
  return / [|&] /.test(type) && !type.startsWith('{') && !type.startsWith('(') ? `(${type})` : type
}
