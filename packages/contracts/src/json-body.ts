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

function scan(text: string): JsonMember[] {
  try {
    return scanMembers(text)
  } catch (err) {
    if (!(err instanceof JsonScanError)) throw err
    if (err.kind === 'malformed') throw malformed(['body'], err.message)
    const loc = err.key === undefined ? ['body'] : ['body', err.key]
    throw invalid(loc, `Must not be nested deeper than ${MAX_JSON_DEPTH} levels`)
  }
}
