import { type InputFault, InvalidInputError } from '@posthorn/core'
import { judgeEndpointHeaders, judgeEndpointUrl, type UrlPolicy } from '@posthorn/safe-http'

export interface JudgedAddress {
  /** Without userinfo. */
  readonly url: string
  /** What the userinfo comes to as a header. */
  readonly authorization?: string
}

/** What a stranger wants us to call: judged at every write, and again by its addresses at every connect. */
export function judgeUrl(policy: UrlPolicy, text: string): JudgedAddress {
  const judged = judgeEndpointUrl(text, policy)
  if ('fault' in judged) {
    throw new InvalidInputError([{ path: ['body', 'url'], message: judged.fault }])
  }
  const { url, basicAuthorization } = judged
  return basicAuthorization === null ? { url } : { url, authorization: basicAuthorization }
}

export function judgeHeaders<T extends Readonly<Record<string, string | null>>>(headers: T): T {
  const faults = [...judgeEndpointHeaders(headers)].map(([name, { fault }]): InputFault => ({
    path: ['body', 'headers', name],
    message: fault,
  }))
  if (faults.length > 0) throw new InvalidInputError(faults)
  return headers
}
