/** The closed set of codes for an answer that is not a 2xx. */
const NAMED_STATUSES = new Set([
  400, 401, 403, 404, 405, 409, 410, 413, 415, 422, 429, 500, 502, 503, 504,
])

export function httpCode(status: number): string {
  if (NAMED_STATUSES.has(status)) return `http_${status}`
  if (status >= 300 && status < 400) return 'http_redirect'
  if (status >= 400 && status < 500) return 'http_4xx'
  if (status >= 500 && status < 600) return 'http_5xx'
  return 'bad_response'
}
