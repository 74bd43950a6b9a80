import { type JsonMember, JsonScanError, MAX_JSON_DEPTH, scanMembers } from './json-scanner.ts'
import { invalid, malformed } from './validation-error.ts'

/** Parses a body that must be one JSON object: at most 200 levels, no key twice at the top. */
export function parseJsonBody(text: string): unknown {
  scanBody(text)
  return JSON.parse(text)
}

/** The top-level members of a valid body, each key once. Faults are `RequestValidationError`s. */
export function scanBody(text: string): Map<string, JsonMember> {
  const members = new Map<string, JsonMember>()
  for (const member of scan(text)) {
    if (members.has(member.key)) throw invalid(['body', member.key], 'Must not be given twice')
    members.set(member.key, member)
  }
  return members
}

const EXPECTED = 'Invalid input: expected a JSON object'

/** What the body begins as instead of an object; null when it is a broken object. */
function otherThanObject(text: string): string | null {
  const start = text.trimStart()
  if (start === '') return 'nothing'
  if (start.startsWith('[')) return 'an array'
  if (start.startsWith('"')) return 'a string'
  if (/^-?\d/.test(start)) return 'a number'
  return /^(null|true|false)\s*$/.exec(start)?.[1] ?? null
}

function scan(text: string): JsonMember[] {
  try {
    return scanMembers(text)
  } catch (err) {
    if (!(err instanceof JsonScanError)) throw err
    if (err.kind === 'malformed') {
      const other = otherThanObject(text)
      throw malformed(['body'], other === null ? err.message : `${EXPECTED}, received ${other}`)
    }
    const loc = err.key === undefined ? ['body'] : ['body', err.key]
    throw invalid(loc, `Must not be nested deeper than ${MAX_JSON_DEPTH} levels`)
  }
}
