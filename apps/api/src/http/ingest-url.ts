import type { ApiConfig } from '../config.ts'

/** Where sources receive: as configured, or on the host that the caller addressed. */
export function ingestUrlOf(
  { ingestUrl, ingestPort }: Pick<ApiConfig['http'], 'ingestUrl' | 'ingestPort'>,
  origin: string,
): string {
  if (ingestUrl !== null) return ingestUrl
  const url = new URL(origin === '' ? 'http://127.0.0.1' : origin)
  url.port = `${ingestPort}`
  return url.origin
}
