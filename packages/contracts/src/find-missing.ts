import { type Json, toJson } from './openapi-schemas.ts'

const METHODS = ['get', 'post', 'put', 'patch', 'delete']
// Deeper than any model of the wire; ends a schema that refers to itself.
const MAX_DEPTH = 8

/** A field by its dotted path, and whether it is always there. */
type Fields = Map<string, boolean>

/**
 * What `theirs` promises for the operations (by operation id) and `ours` does not: an operation, a query
 * parameter, a field of the body, an answer or its field; and fields that are optional to them but
 * required by us, or that they rely on and we may leave out.
 */
export function findMissing(ours: unknown, theirs: unknown, operationIds: readonly string[]) {
  return operationIds.flatMap((id) => {
    const wanted = findOperation(theirs, ({ operation }) => operation['operationId'] === id)
    if (wanted === undefined) return [`${id}: not in the reference`]
    const found = findOperation(
      ours,
      ({ method, path }) => method === wanted.method && anonymous(path) === anonymous(wanted.path),
    )
    if (found === undefined) return [`${id}: ${wanted.method} ${wanted.path}`]
    const missing = [
      ...missingParameters(found.operation, wanted.operation),
      ...missingBody(bodyFields(ours, found.operation), bodyFields(theirs, wanted.operation)),
      ...missingAnswers({ ours, theirs }, found.operation, wanted.operation),
    ]
    return missing.map((what) => `${id}: ${what}`)
  })
}

interface Located {
  method: string
  path: string
  operation: Json
}

function findOperation(spec: unknown, matches: (at: Located) => boolean): Located | undefined {
  for (const [path, item] of Object.entries(toJson(toJson(spec)['paths']))) {
    for (const method of METHODS) {
      const operation = toJson(item)[method]
      const located = { method, path, operation: toJson(operation) }
      if (operation !== undefined && matches(located)) return located
    }
  }
  return undefined
}

function anonymous(path: string): string {
  return path.replace(/\{[^}]*\}/g, '{}')
}

function missingParameters(found: Json, wanted: Json): string[] {
  const have = new Set(parameterNames(found))
  return parameterNames(wanted).filter((name) => !have.has(name))
}

// Names in the path are ours to choose.
function parameterNames(operation: Json): string[] {
  const parameters = operation['parameters']
  if (!Array.isArray(parameters)) return []
  return parameters
    .map(toJson)
    .filter((parameter) => parameter['in'] !== 'path')
    .map((parameter) => `${String(parameter['in'])} ${String(parameter['name'])}`)
}

function missingBody(have: Fields, want: Fields): string[] {
  const absent = [...want.keys()].filter((field) => !have.has(field))
  const stricter = [...have].filter(([field, required]) => required && want.get(field) !== true)
  return [
    ...absent.map((field) => `body ${field}`),
    ...stricter.map(([field]) => `body ${field} must stay optional`),
  ]
}

function missingAnswers(specs: { ours: unknown; theirs: unknown }, found: Json, wanted: Json) {
  const have = toJson(found['responses'])
  return Object.entries(toJson(wanted['responses'])).flatMap(([status, answer]) => {
    if (have[status] === undefined) return [`answer ${status}`]
    const ourFields = contentFields(specs.ours, have[status])
    return [...contentFields(specs.theirs, answer)]
      .filter(([field, required]) => !ourFields.has(field) || (required && !ourFields.get(field)))
      .map(([field]) => `answer ${status} ${field}`)
  })
}

function bodyFields(spec: unknown, operation: Json): Fields {
  return contentFields(spec, operation['requestBody'])
}

function contentFields(spec: unknown, holder: unknown): Fields {
  const content = toJson(toJson(toJson(holder)['content'])['application/json'])
  const fields: Fields = new Map()
  collect({ spec, fields }, toJson(content['schema']), { path: '', required: true, depth: 0 })
  return fields
}

interface Place {
  path: string
  required: boolean
  depth: number
}

function collect(into: { spec: unknown; fields: Fields }, schema: Json, place: Place): void {
  if (place.depth > MAX_DEPTH) return
  const depth = place.depth + 1
  const resolved = resolve(into.spec, schema)
  const names = resolved['required']
  for (const [name, property] of Object.entries(toJson(resolved['properties']))) {
    const required = place.required && Array.isArray(names) && names.includes(name)
    const path = `${place.path}${name}`
    into.fields.set(path, required)
    collect(into, toJson(property), { path: `${path}.`, required, depth })
  }
  for (const branch of branches(resolved)) collect(into, branch, { ...place, depth })
}

function branches(schema: Json): Json[] {
  const { anyOf, allOf, oneOf, items } = schema
  return [anyOf, allOf, oneOf, items]
    .flat()
    .filter((branch) => branch !== undefined)
    .map(toJson)
}

function resolve(spec: unknown, schema: Json): Json {
  const reference = schema['$ref']
  if (typeof reference !== 'string') return schema
  const parts = reference.replace('#/', '').split('/')
  return parts.reduce((at, part) => toJson(at[part]), toJson(spec))
}
