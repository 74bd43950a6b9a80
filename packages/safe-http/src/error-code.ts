/** The `code` of an error of Node, OpenSSL or undici. */
export function codeOf(err: unknown): string | null {
  if (typeof err !== 'object' || err === null || !('code' in err)) return null
  return typeof err.code === 'string' ? err.code : null
}
