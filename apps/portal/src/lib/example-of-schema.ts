const MAX_DEPTH = 12
const MAX_PARTS = 300
const FORMATS = new Map([
  ['date-time', '2026-01-31T12:00:00Z'],
  ['date', '2026-01-31'],
  ['time', '12:00:00Z'],
  ['email', 'someone@example.com'],
  ['uri', 'https://example.com/'],
  ['uuid', '00000000-0000-4000-8000-000000000000'],
])

type Schema = Readonly<Record<string, unknown>>

/** Something that a JSON Schema allows, as far as its shape tells: to begin with, where nobody wrote an example. */
export function exampleOfSchema(schema: unknown): unknown {
  return exampleOf(schema, { root: schema, depth: 0, parts: { left: MAX_PARTS } })
}

interface At {
  readonly root: unknown
  readonly depth: number
  /** Of the whole: what refers to itself several times would grow without end. */
  readonly parts: { left: number }
}

function exampleOf(given: unknown, at: At): unknown {
  const schema = resolved(given, at.root)
  if (at.depth > MAX_DEPTH || at.parts.left-- <= 0 || schema === null) return null
  const { const: only, default: usual, enum: some, examples } = schema
  const said = [only, usual, firstOf(examples), firstOf(some)].find((one) => one !== undefined)
  if (said !== undefined) return said
  const branch = firstOf(schema['oneOf']) ?? firstOf(schema['anyOf'])
  if (branch !== undefined) return exampleOf(branch, below(at))
  if (Array.isArray(schema['allOf']))
    return Object.assign({}, ...schema['allOf'].map((part) => Object(exampleOf(part, below(at)))))
  return ofType(schema, at)
}

function ofType(schema: Schema, at: At): unknown {
  const { type, properties } = schema
  const name = Array.isArray(type) ? type.find((one) => one !== 'null') : type
  const make = MAKERS.get(name ?? (properties === undefined ? 'null' : 'object'))
  return make === undefined ? null : make(schema, at)
}

type Make = (schema: Schema, at: At) => unknown

const MAKERS: ReadonlyMap<unknown, Make> = new Map<unknown, Make>([
  ['object', ({ properties }, at) => eachOf(Object(properties), at)],
  ['array', ({ items }, at) => (items === undefined ? [] : [exampleOf(items, below(at))])],
  ['string', ({ format }) => FORMATS.get(String(format)) ?? 'text'],
  ['integer', numberOf],
  ['number', numberOf],
  ['boolean', () => true],
])

function numberOf({ minimum }: Schema): number {
  return typeof minimum === 'number' ? minimum : 1
}

function eachOf(properties: Schema, at: At): Schema {
  const members = Object.entries(properties)
  return Object.fromEntries(members.map(([key, part]) => [key, exampleOf(part, below(at))]))
}

function below(at: At): At {
  return { ...at, depth: at.depth + 1 }
}

function firstOf(list: unknown): unknown {
  return Array.isArray(list) ? list[0] : undefined
}

/** References into the same document are followed, one after the other; others lead nowhere. */
function resolved(given: unknown, root: unknown): Schema | null {
  let schema: unknown = given
  for (let step = 0; step < MAX_DEPTH; step++) {
    const { $ref: ref }: { $ref?: unknown } = Object(schema)
    if (typeof ref !== 'string') break
    if (ref !== '#' && !ref.startsWith('#/')) return null
    schema = ref
      .split('/')
      .slice(1)
      .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'))
      .reduce<unknown>((place, part) => Object(place)[part], root)
  }
  return typeof schema === 'object' && schema !== null ? { ...schema } : null
}
