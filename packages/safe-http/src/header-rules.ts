import { isToken } from './http1/token.ts'

export type HeaderRule = 'forbidden' | 'name' | 'value' | 'too_long' | 'duplicate'

export interface HeaderFault {
  /** A sentence fit to show; never repeats the value. */
  fault: string
  rule: HeaderRule
}

const maxNameLength = 256
const maxValueBytes = 4096

// Ours to set (signature, content, host, length), hop-by-hop, or of a platform that trusts them.
const forbiddenNames = new Set([
  'age',
  'cache-control',
  'clear-site-data',
  'connection',
  'expect',
  'expires',
  'host',
  'keep-alive',
  'pragma',
  'te',
  'trailer',
  'trailers',
  'transfer-encoding',
  'upgrade',
  'user-agent',
  'warning',
])
const forbiddenPrefixes = [
  'content-',
  'proxy-',
  'svix-',
  'webhook-',
  'x-amz-',
  'x-amzn-',
  'x-azure-',
  'x-fd-',
  'x-gfe',
  'x-goog-',
  'x-google',
  'x-svix-',
]

/** The faults of an endpoint's own headers, by name as given; empty if all may be sent. A null value (a deletion) is judged by name alone. */
export function judgeEndpointHeaders(
  headers: Readonly<Record<string, string | null>>,
): Map<string, HeaderFault> {
  const faults = new Map<string, HeaderFault>()
  const seen = new Set<string>()
  for (const [name, value] of Object.entries(headers)) {
    const fault = judgeName(name) ?? judgeRepeated(name, seen) ?? judgeValue(name, value)
    if (fault) faults.set(name, fault)
    seen.add(name.toLowerCase())
  }
  return faults
}

function judgeName(name: string): HeaderFault | null {
  if (name.length > maxNameLength || !isToken(name)) {
    return { rule: 'name', fault: 'This is not a valid header name.' }
  }
  const lower = name.toLowerCase()
  const isForbidden =
    forbiddenNames.has(lower) || forbiddenPrefixes.some((prefix) => lower.startsWith(prefix))
  return isForbidden ? { rule: 'forbidden', fault: `The header ${name} cannot be set.` } : null
}

function judgeRepeated(name: string, seen: ReadonlySet<string>): HeaderFault | null {
  return seen.has(name.toLowerCase())
    ? { rule: 'duplicate', fault: `The header ${name} is given twice.` }
    : null
}

function judgeValue(name: string, value: string | null): HeaderFault | null {
  if (value === null) return null
  if (!/^[\t\u0020-\u007e]*$/.test(value)) {
    return { rule: 'value', fault: `The value of ${name} must be printable ASCII on one line.` }
  }
  return value.length > maxValueBytes
    ? { rule: 'too_long', fault: `The value of ${name} is longer than ${maxValueBytes} bytes.` }
    : null
}
