/** Where in a payload or schema something is wrong (JSON pointer), and what. */
export interface SchemaFault {
  path: string
  message: string
}

const MAX_SCHEMA_BYTES = 65_536
const MAX_SCHEMA_DEPTH = 50

// Data, not schemas: a `$ref` inside refers to nothing.
export const DATA_KEYWORDS = new Set(['const', 'enum', 'examples', 'default'])

/** What is refused before a schema gets near a compiler: its size, its depth, and reaching outside itself. */
export function findForbidden(schema: unknown): SchemaFault[] {
  if (typeof schema !== 'object' || schema === null || Array.isArray(schema)) {
    return [{ path: '', message: 'Must be an object' }]
  }
  const faults: SchemaFault[] = []
  walk(schema, '', { depth: 1, faults })
  // Too deep to be written out, too.
  if (faults.length > 0) return faults
  return isTooLarge(schema)
    ? [{ path: '', message: `Must be at most ${MAX_SCHEMA_BYTES} bytes` }]
    : []
}

function isTooLarge(schema: object): boolean {
  return new TextEncoder().encode(JSON.stringify(schema)).length > MAX_SCHEMA_BYTES
}

function walk(value: unknown, path: string, at: { depth: number; faults: SchemaFault[] }): void {
  if (typeof value !== 'object' || value === null || at.faults.length > 0) return
  if (at.depth > MAX_SCHEMA_DEPTH) {
    at.faults.push({ path, message: `Must not be nested deeper than ${MAX_SCHEMA_DEPTH} levels` })
    return
  }
  for (const [key, item] of Object.entries(value)) {
    const place = `${path}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`
    const message = forbiddenKeyword(key, item)
    if (message !== undefined) at.faults.push({ path: place, message })
    else if (!DATA_KEYWORDS.has(key)) walk(item, place, { ...at, depth: at.depth + 1 })
  }
}

function forbiddenKeyword(key: string, value: unknown): string | undefined {
  if (key === '$async' && value === true) return 'Asynchronous schemas are not supported'
  if (key !== '$ref' || typeof value !== 'string' || value.startsWith('#')) return undefined
  return 'Must refer to a place in the same schema: other documents are not fetched'
}
