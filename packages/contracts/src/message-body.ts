import { parseJsonBody, scanBody } from './json-body.ts'
import type { JsonMember } from './json-scanner.ts'
import { MessageFields } from './message.ts'
import {
  invalid,
  malformed,
  parseRequest,
  RequestValidationError,
  type ValidationError,
} from './validation-error.ts'

export interface MessageBody {
  /** Everything but the payload, whose place holds null. */
  fields: unknown
  /** The publisher's own bytes: a JSON object, proved valid; undefined when there is none. */
  payloadText: string | undefined
}

export type ParsedMessageIn = Omit<MessageFields, 'rawPayload'> & { payloadText: string }

/** Reads the body of a publish in one pass. The payload isn't parsed, only checked and cut out. */
export function parseMessageBody(text: string): MessageBody {
  const members = scanBody(text)
  const payload = findPayload(members)
  if (payload === undefined) return { fields: JSON.parse(text), payloadText: undefined }
  if (text[payload.start] !== '{') {
    throw malformed(['body', payload.key], 'Invalid input: expected a JSON object')
  }
  const rest = `${text.slice(0, payload.start)}null${text.slice(payload.end)}`
  return { fields: JSON.parse(rest), payloadText: text.slice(payload.start, payload.end) }
}

/** Reads and validates the body of a publish; throws `RequestValidationError` with every fault. */
export function parseMessageIn(text: string): ParsedMessageIn {
  const { fields, payloadText } = parseMessageBody(text)
  const missing = payloadText === undefined ? [missingPayload] : []
  const { rawPayload, ...message } = parseFields(fields, missing)
  if (rawPayload === undefined || rawPayload === null) {
    return { ...message, payloadText: payloadText ?? '{}' }
  }
  return { ...message, payloadText: checkRawPayload(rawPayload) }
}

const missingPayload: ValidationError = {
  loc: ['body', 'payload'],
  msg: 'Field required',
  type: 'value_error.jsondecode',
}

function findPayload(members: Map<string, JsonMember>): JsonMember | undefined {
  const payload = members.get('payload')
  const data = members.get('data')
  if (payload !== undefined && data !== undefined) {
    throw invalid(['body', 'data'], 'data is the older name of payload: give one')
  }
  return payload ?? data
}

function parseFields(fields: unknown, missing: ValidationError[]): MessageFields {
  const faults = [...missing]
  try {
    const parsed = parseRequest(MessageFields, fields, 'body')
    if (faults.length === 0) return parsed
  } catch (err) {
    if (!(err instanceof RequestValidationError)) throw err
    faults.unshift(...err.detail)
  }
  throw new RequestValidationError(faults)
}

// The SDKs' `messageInRaw` hands the text over in a string, so that it is sent as it is.
function checkRawPayload(raw: unknown): string {
  const loc = ['body', 'transformationsParams', 'rawPayload']
  if (typeof raw !== 'string') throw malformed(loc, 'Must be a string')
  try {
    parseJsonBody(raw)
  } catch {
    throw invalid(loc, 'Must be the text of a JSON object')
  }
  return raw
}
