import { WITHHELD } from '../audit/diff-changes.ts'

const MAX_CHARS = 2_048

/** For the log of requests: the names in the query without their values, for those may be secrets. */
export function keptPath(path: string): string {
  const start = path.indexOf('?')
  if (start < 0) return path.slice(0, MAX_CHARS)
  const pairs = path.slice(start + 1, start + MAX_CHARS).split('&')
  return `${path.slice(0, start)}?${pairs.map(withoutValue).join('&')}`.slice(0, MAX_CHARS)
}

// What stands there without a name may itself be the secret.
function withoutValue(pair: string): string {
  const end = pair.indexOf('=')
  return end < 0 ? WITHHELD : `${pair.slice(0, end)}=${WITHHELD}`
}
