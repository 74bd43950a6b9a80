import packageJson from '../../package.json' with { type: 'json' }

/** Which names of the signature's headers go along. */
export type SignatureHeaders = 'both' | 'webhook' | 'svix'

const USER_AGENT = `Posthorn/${packageJson.version}`
const PREFIXES = { both: ['webhook', 'svix'], webhook: ['webhook'], svix: ['svix'] } as const

export interface HeadedRequest {
  readonly messageId: string
  readonly timestampSeconds: number
  readonly signature: string
  /** Null: JSON. */
  readonly contentType: string | null
  readonly signatureHeaders: SignatureHeaders
  readonly customHeaders: Iterable<readonly [name: string, value: string]>
}

/** All headers of an attempt that we say ourselves, names and values by turns. */
export function requestHeaders(request: HeadedRequest): string[] {
  const { messageId, timestampSeconds, signature } = request
  const contentType = request.contentType ?? 'application/json'
  const headers = ['content-type', contentType, 'user-agent', USER_AGENT, 'accept', '*/*']
  for (const prefix of PREFIXES[request.signatureHeaders]) {
    headers.push(
      `${prefix}-id`,
      messageId,
      `${prefix}-timestamp`,
      `${timestampSeconds}`,
      `${prefix}-signature`,
      signature,
    )
  }
  for (const [name, value] of request.customHeaders) headers.push(name, value)
  return headers
}
