import type { Config } from './config.ts'
import type { Provider } from './provider.ts'
import type { Scheme } from './scheme.ts'
import type { Refusal } from './verification.ts'

/** The scheme that holds for a source with these settings. */
export function schemeFor(scheme: Scheme, config: Config): Scheme | Refusal {
  return scheme.kind === 'configured' ? scheme.choose(config) : scheme
}

/** Nothing is verified with these settings: whoever knows the URL can send. */
export function isUnsigned(provider: Provider, config: Config): boolean {
  const scheme = schemeFor(provider.scheme, config)
  return 'kind' in scheme && scheme.kind === 'unsigned'
}
