/** The `code` of an error of Node or OpenSSL. */
export function codeOf(err: unknown): string | null {
  if (typeof err !== 'object' || err === null || !('code' in err)) return null
  return typeof err.code === 'string' ? err.code : null
}
