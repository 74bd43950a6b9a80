import type { Config } from './config.ts'
import { schemeFor } from './configured-scheme.ts'
import type { Provider } from './provider.ts'
import type { RefusalReason } from './verification.ts'

export interface RefusalAnswer {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
}

/** How a sender is told that its request proved nothing: some come again with their password only when asked. */
export function refusalAnswer(
  provider: Provider,
  config: Config,
  reason: RefusalReason,
): RefusalAnswer {
  if (reason === 'key_unavailable') return { status: 503, headers: {} }
  if (reason === 'malformed_body') return { status: 400, headers: {} }
  const { refusalStatus: status = 401 } = provider
  return { status, headers: asksForPassword(provider, config) ? BASIC : {} }
}

const BASIC = { 'www-authenticate': 'Basic realm="webhook"' }

function asksForPassword(provider: Provider, config: Config): boolean {
  const scheme = schemeFor(provider.scheme, config)
  return 'kind' in scheme && scheme.kind === 'basic'
}
