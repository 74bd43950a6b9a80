import type { Config } from './config.ts'
import type { Scheme } from './scheme.ts'
import type { Refusal } from './verification.ts'

/** The scheme that holds for a source with these settings. */
export function schemeFor(scheme: Scheme, config: Config): Scheme | Refusal {
  return scheme.kind === 'configured' ? scheme.choose(config) : scheme
}
