import type { HttpAnswer } from './send.ts'

const LOSANT_PATH = /^\/applications\//

const TYPES: Readonly<Record<number, string>> = {
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'NotFound',
  405: 'MethodNotAllowed',
  409: 'Conflict',
  410: 'Gone',
  413: 'PayloadTooLarge',
  415: 'UnsupportedMediaType',
  429: 'TooManyRequests',
  500: 'ServerError',
  503: 'ServiceUnavailable',
}

/** A base URL that ends with a slash gives two of them. */
export function withoutDoubleSlash(url: string): string {
  return url.startsWith('//applications/') ? url.slice(1) : url
}

/** Errors of Losant's paths as its clients read them: `{type, message}`, and 400 for what breaks its schema. */
export function inFaceOf(url: string, answer: HttpAnswer): HttpAnswer {
  if (answer.status < 400 || !LOSANT_PATH.test(url)) return answer
  const status = answer.status === 422 ? 400 : answer.status
  const error = { type: TYPES[status] ?? 'Validation', message: messageOf(answer.json) }
  return { ...answer, status, json: JSON.stringify(error) }
}

function messageOf(json: string | null): string {
  const value: unknown = JSON.parse(json ?? '{}')
  const detail = typeof value === 'object' && value !== null && 'detail' in value && value.detail
  if (typeof detail === 'string') return detail
  if (!Array.isArray(detail)) return 'Something went wrong: try again.'
  return detail.map(faultText).join('; ')
}

// `loc` begins with the part of the request that it is in.
function faultText(fault: unknown): string {
  const { loc, msg } = fault as { readonly loc: readonly string[]; readonly msg: string }
  const place = loc.slice(1).join('.')
  return place === '' ? msg : `${place}: ${msg}`
}
