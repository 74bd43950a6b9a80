import type { IncomingMessage } from 'node:http'

export interface OriginPolicy {
  /** Origins whose pages may call from a browser, beside our own; null: any. */
  readonly allowedOrigins: readonly string[] | null
  readonly publicUrl: string | null
  readonly pages: { readonly portalOrigin: string | null }
  readonly staff: { readonly consoleUrl: string | null }
}

/** Callers that aren't pages name no origin, and are never refused here: it is the browser that keeps to this. */
export function isAllowedOrigin(policy: OriginPolicy, { headers }: IncomingMessage): boolean {
  const { origin } = headers
  if (policy.allowedOrigins === null || origin === undefined) return true
  return policy.allowedOrigins.includes(origin) || isOurs(origin, policy, headers.host)
}

// The pages' own hosts are as much ours as the api's.
function isOurs(origin: string, policy: OriginPolicy, host: string | undefined): boolean {
  const { publicUrl, pages, staff } = policy
  const named = URL.parse(origin)?.host
  const own = [publicUrl, pages.portalOrigin, staff.consoleUrl].map(
    (url) => url && URL.parse(url)?.host,
  )
  return named !== undefined && (own.includes(named) || (publicUrl === null && named === host))
}
