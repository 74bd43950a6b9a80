import type { Config } from './config.ts'
import { schemeFor } from './configured-scheme.ts'
import type { Place } from './place.ts'
import type { Provider } from './provider.ts'
import type { Scheme } from './scheme.ts'
import type { SignedScheme } from './signed/signed-scheme.ts'

/** Where such requests carry a secret or a signature: to be struck out of whatever is kept or shown. */
export function secretPlaces(provider: Provider, config: Config): readonly Place[] {
  const scheme = schemeFor(provider.scheme, config)
  const places: readonly Place[] = 'outcome' in scheme ? [] : placesIn(scheme)
  const { secretAt = [] } = provider.scheme.kind === 'configured' ? provider.scheme : {}
  return [...new Set<Place>([...always, ...places, ...secretAt])]
}

const always: readonly Place[] = ['header Authorization', 'header Cookie', 'header X-Hook-Secret']

function placesIn(scheme: Scheme): readonly Place[] {
  if (scheme.kind === 'static') return scheme.at
  if (scheme.kind === 'token') return [`header ${scheme.header}`]
  if (scheme.kind === 'signed') return signaturePlaces(scheme)
  return scheme.kind === 'any' ? scheme.schemes.flatMap(placesIn) : []
}

function signaturePlaces({ query, header }: SignedScheme): readonly Place[] {
  if (query !== undefined) return [`query ${query}`]
  return [header].flat().map((name) => `header ${name}` as const)
}
