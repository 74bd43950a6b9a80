import type { IncomingMessage } from 'node:http'

export interface OriginPolicy {
  /** Origins whose pages may call from a browser, beside our own; null: any. */
  readonly allowedOrigins: readonly string[] | null
  readonly publicUrl: string | null
}

/** Callers that aren't pages name no origin, and are never refused here: it is the browser that keeps to this. */
export function isAllowedOrigin(policy: OriginPolicy, { headers }: IncomingMessage): boolean {
  const { origin } = headers
  if (policy.allowedOrigins === null || origin === undefined) return true
  return policy.allowedOrigins.includes(origin) || isOurs(origin, policy, headers.host)
}

function isOurs(origin: string, policy: OriginPolicy, host: string | undefined): boolean {
  const url = URL.parse(origin)
  const ours = policy.publicUrl === null ? host : URL.parse(policy.publicUrl)?.host
  return url !== null && url.host === ours
}
