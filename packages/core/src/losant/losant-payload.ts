import { looseQuery } from '@posthorn/conversion'
import type { IncomingRequest } from '../source/receive.ts'
import type { ReceivedHeaders } from '../source/received-headers.ts'

/** What a workflow must not learn of whoever calls. */
const CREDENTIALS: ReadonlySet<string> = new Set(['authorization', 'cookie', 'proxy-authorization'])

export interface LosantPayload {
  /** JSON text. */
  readonly text: string
  readonly withReplyId: (replyId: string) => string
}

/** What a webhook triggers with; `body` is JSON text and stands in there as it is. */
export function losantPayload(
  { path, method, headers }: Pick<IncomingRequest, 'path' | 'method' | 'headers'>,
  body: string,
): LosantPayload {
  const start = path.indexOf('?')
  const described = JSON.stringify({
    path: start < 0 ? path : path.slice(0, start),
    method: method.toLowerCase(),
    headers: shownHeaders(headers),
    query: looseQuery(start < 0 ? '' : path.slice(start + 1)),
  })
  const open = `${described.slice(0, -1)},"body":${body}`
  return {
    text: `${open}}`,
    withReplyId: (replyId) => `${open},"replyId":${JSON.stringify(replyId)}}`,
  }
}

function shownHeaders(headers: ReceivedHeaders): Record<string, string> {
  const shown: Record<string, string> = Object.create(null)
  for (const [name, values = []] of Object.entries(headers)) {
    const lower = name.toLowerCase()
    if (!CREDENTIALS.has(lower)) shown[lower] = values.join(', ')
  }
  return shown
}
