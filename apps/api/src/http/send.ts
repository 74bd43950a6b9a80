import type { ServerResponse } from 'node:http'
import { utf8Form } from '@posthorn/runtime'

const REQUEST_ID_HEADER = 'x-request-id'

/** On every answer of the api's own. */
export const FIXED_HEADERS = {
  'access-control-allow-origin': '*',
  'access-control-expose-headers': 'x-request-id, retry-after',
  'x-content-type-options': 'nosniff',
  'cache-control': 'no-store',
  'referrer-policy': 'no-referrer',
} as const

export interface HttpAnswer {
  readonly status: number
  /** JSON text; null: no body. */
  readonly json: string | null
  /** Instead of JSON; its type is among the headers. */
  readonly bytes?: Uint8Array
  readonly headers?: Readonly<Record<string, string | string[]>>
}

/** Sends an answer whole, once; a caller that went away is no error. */
export function sendAnswer(res: ServerResponse, requestId: string, answer: HttpAnswer): void {
  if (res.headersSent || res.destroyed) return
  const headers: Record<string, string | number | string[]> = {
    ...FIXED_HEADERS,
    ...answer.headers,
    [REQUEST_ID_HEADER]: requestId,
  }
  if (answer.bytes !== undefined) {
    headers['content-length'] = answer.bytes.byteLength
    res.writeHead(answer.status, headers).end(answer.bytes)
    return
  }
  if (answer.json === null) {
    if (answer.status !== 204 && answer.status !== 304) headers['content-length'] = 0
    res.writeHead(answer.status, headers).end()
    return
  }
  headers['content-type'] = 'application/json'
  const { byteLength, encoding } = utf8Form(answer.json)
  headers['content-length'] = byteLength
  res.writeHead(answer.status, headers).end(answer.json, encoding)
}
