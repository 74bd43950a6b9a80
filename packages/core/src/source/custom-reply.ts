import { InvalidInputError } from '../errors.ts'

/** What a source answers an accepted request, and a repetition of it, instead of the provider's usual. */
export interface CustomReply {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  /** `{messageId}`, `{eventType}` and `{sourceId}` stand for what came of the request. */
  readonly body: string
}

const ALLOWED_HEADERS: ReadonlySet<string> = new Set([
  'cache-control',
  'content-language',
  'content-type',
  'etag',
  'expires',
  'last-modified',
  'location',
  'retry-after',
  'vary',
])

// Nothing that a browser would run.
const ALLOWED_TYPES: ReadonlySet<string> = new Set([
  'application/json',
  'application/xml',
  'text/plain',
  'text/xml',
  'text/csv',
])

/** @throws {InvalidInputError} naming the header */
export function checkCustomReply({ headers }: CustomReply): void {
  const faults = Object.entries(headers).flatMap(([name, value]) => {
    const message = headerProblem(name.toLowerCase(), value)
    return message === null
      ? []
      : [{ path: ['body', 'options', 'reply', 'headers', name], message }]
  })
  if (faults.length > 0) throw new InvalidInputError(faults)
}

function headerProblem(name: string, value: string): string | null {
  if (!ALLOWED_HEADERS.has(name)) return `Must be one of ${[...ALLOWED_HEADERS].join(', ')}`
  if (!/^[\x20-\x7e]{0,1024}$/.test(value)) return 'Must be at most 1,024 printable characters'
  const [essence = ''] = value.split(';', 1)
  if (name !== 'content-type' || ALLOWED_TYPES.has(essence.trim().toLowerCase())) return null
  return `Must be one of ${[...ALLOWED_TYPES].join(', ')}`
}

export interface ReplyFacts {
  readonly messageId: string
  readonly eventType: string
  readonly sourceId: string
}

/** The reply for one request; what is put in has no character that JSON or XML would have to escape. */
export function renderReply(
  { status, headers, body }: CustomReply,
  facts: ReplyFacts,
): CustomReply {
  const lower = Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value] as const)
  const text = body
    .replaceAll('{messageId}', facts.messageId)
    .replaceAll('{eventType}', facts.eventType)
    .replaceAll('{sourceId}', facts.sourceId)
  const type = text === '' ? {} : { 'content-type': 'application/json' }
  return { status, headers: { ...type, ...Object.fromEntries(lower) }, body: text }
}
