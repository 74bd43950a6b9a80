import type { IncomingHttpHeaders } from 'node:http'

const maxHeaders = 64
const maxValueLength = 1024

/** A bounded copy without a prototype, so that a header named `__proto__` is only a header. */
export function keepHeaders(headers: IncomingHttpHeaders): Record<string, string> {
  const kept: Record<string, string> = Object.create(null)
  let count = 0
  for (const name in headers) {
    const value = headers[name]
    if (value === undefined || ++count > maxHeaders) continue
    const text = typeof value === 'string' ? value : value.join(', ')
    kept[name] = text.length > maxValueLength ? text.slice(0, maxValueLength) : text
  }
  return kept
}
