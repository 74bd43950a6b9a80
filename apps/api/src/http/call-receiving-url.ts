import type { SourceTestIn, SourceTestOut } from '@posthorn/contracts/ingest'
import { InvalidInputError, RefusedError } from '@posthorn/core'

/** As long as a source that waits for a reply makes its callers wait, and a little more. */
const TIMEOUT_MS = 40_000
const MAX_SHOWN_BYTES = 65_536
const MAX_SHOWN_HEADERS = 64

/**
 * A request to a URL of the installation's own, the very one that third parties call. `path` comes from a
 * stranger: with it the URL must still be that of this source.
 */
export async function callReceivingUrl(
  receivingUrl: string,
  { method, path, body }: SourceTestIn,
): Promise<SourceTestOut> {
  const url = urlOf(receivingUrl, path)
  const startedAtMs = performance.now()
  const response = await call(url, method, body)
  const shown = await readStart(response)
  return {
    status: response.status,
    headers: Object.fromEntries([...response.headers].slice(0, MAX_SHOWN_HEADERS)),
    body: shown,
    durationMs: Math.round(performance.now() - startedAtMs),
  }
}

const PATH_FAULT = { path: ['body', 'path'], message: 'Must stay below the URL of the source' }

function urlOf(receivingUrl: string, path: string): URL {
  const own = new URL(receivingUrl)
  const url = new URL(receivingUrl + path)
  const isBelow = url.pathname === own.pathname || url.pathname.startsWith(`${own.pathname}/`)
  if (url.origin !== own.origin || !isBelow) throw new InvalidInputError([PATH_FAULT])
  return url
}

async function call(url: URL, method: string, body: string | null): Promise<Response> {
  const hasBody = body !== null && method !== 'GET' && method !== 'HEAD'
  try {
    return await fetch(url, {
      method,
      redirect: 'manual',
      signal: AbortSignal.timeout(TIMEOUT_MS),
      headers: { 'user-agent': 'Posthorn-Test', ...(hasBody && JSON_TYPE) },
      ...(hasBody && { body }),
    })
  } catch (err) {
    if (!(err instanceof TypeError) && !isTimeout(err)) throw err
    throw new RefusedError('receiver_away', 'The receiving URL did not answer.')
  }
}

const JSON_TYPE = { 'content-type': 'application/json' }

function isTimeout(err: unknown): boolean {
  return err instanceof DOMException && err.name === 'TimeoutError'
}

async function readStart(response: Response): Promise<string> {
  const chunks: Uint8Array[] = []
  let bytes = 0
  for await (const chunk of response.body ?? []) {
    chunks.push(chunk)
    bytes += chunk.byteLength
    if (bytes >= MAX_SHOWN_BYTES) break
  }
  return Buffer.concat(chunks).subarray(0, MAX_SHOWN_BYTES).toString('utf8')
}
