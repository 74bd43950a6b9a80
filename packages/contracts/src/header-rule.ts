/** What a custom header may be, without Zod: pages judge it while it is typed. */

export const MAX_HEADER_VALUE_BYTES = 4096

// Ours to set, hop-by-hop, or what proxies and clouds add and receivers trust.
const FORBIDDEN = new Set(
  `age cache-control clear-site-data connection expect expires host keep-alive pragma
  te trailer trailers transfer-encoding upgrade user-agent warning`.split(/\s+/),
)
const FORBIDDEN_PREFIXES =
  `webhook- svix- x-svix- content- proxy- x-amz- x-amzn- x-google x-goog- x-gfe x-azure- x-fd-`.split(
    ' ',
  )

// What lets its holder in: shown to nobody again, not even to whoever set it.
const SENSITIVE = new Set(
  `authorization proxy-authenticate proxy-authorization www-authenticate x-api-key
  x-auth-token`.split(/\s+/),
)

export const HEADER_NAME = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/
export const HEADER_VALUE = /^[\t\x20-\x7e]*$/

export function isForbiddenHeader(name: string): boolean {
  const lower = name.toLowerCase()
  return FORBIDDEN.has(lower) || FORBIDDEN_PREFIXES.some((prefix) => lower.startsWith(prefix))
}

/** Is the value withheld when an endpoint's headers are read? */
export function isSensitiveHeader(name: string): boolean {
  return SENSITIVE.has(name.toLowerCase())
}

/** As they are read: the value of a credential never leaves again, only that it is set. */
export function shownHeaders(headers: Readonly<Record<string, string>>) {
  const entries = Object.entries(headers)
  return {
    headers: Object.fromEntries(entries.filter(([name]) => !isSensitiveHeader(name))),
    sensitive: entries.map(([name]) => name).filter(isSensitiveHeader),
  }
}
