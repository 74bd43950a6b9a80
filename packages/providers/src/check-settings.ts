import { type Config, setting } from './config.ts'
import { isConfigurablePlace } from './configured-places.ts'
import { schemeFor } from './configured-scheme.ts'
import type { Provider } from './provider.ts'
import type { Scheme } from './scheme.ts'
import { isPublicKeyAlgorithm, type SignedScheme } from './signed/signed-scheme.ts'
import { publicKeyOf, secretBytes } from './signed/signing-key.ts'

export interface SourceSettings {
  config: Config
  secrets: readonly string[]
  /** Nothing is verified, so how it would be doesn't matter. */
  noVerification?: boolean
}

export interface SettingProblem {
  /** The setting, or the field of the key; undefined where several together make it. */
  field?: string
  /** A sentence that repeats no secret. */
  problem: string
}

/** What is wrong with a source's settings; to be asked when they are saved. */
export function checkSettings(
  provider: Provider,
  { config, secrets, noVerification = false }: SourceSettings,
): SettingProblem[] {
  const missing = (provider.settings ?? [])
    .filter(({ name, required, late }) => required && !late && setting(config, name) === undefined)
    .map(({ name, label }) => ({ field: name, problem: `${label} is missing.` }))
  const places = ['eventTypeFrom', 'deliveryIdFrom'].flatMap((name) => {
    const text = setting(config, name)
    return text === undefined || isConfigurablePlace(text)
      ? []
      : [{ field: name, problem: `${name} can't be read.` }]
  })
  if (noVerification) return [...missing, ...places]
  const scheme = schemeFor(provider.scheme, config)
  if ('outcome' in scheme) return [...missing, ...places, { problem: scheme.detail }]
  const keys = secrets.flatMap((secret) => {
    const problem = keyProblem(provider, scheme, { secret, config })
    return problem === undefined ? [] : [{ field: provider.key.field, problem }]
  })
  return [...missing, ...places, ...keys]
}

interface Given {
  secret: string
  config: Config
}

function keyProblem(provider: Provider, scheme: Scheme, given: Given): string | undefined {
  const { label } = provider.key
  const isPem = given.secret.startsWith('-----BEGIN')
  if (given.secret === '' || (given.secret.trim() !== given.secret && !isPem)) {
    return `${label}: blank, or with spaces around it.`
  }
  if (scheme.kind === 'static' && given.secret.length < (scheme.minLength ?? 0)) {
    return `${label}: at least ${scheme.minLength} characters.`
  }
  return isUsable(scheme, given) ? undefined : `${label}: it doesn't have the form that it should.`
}

function isUsable(scheme: Scheme, given: Given): boolean {
  if (scheme.kind === 'any') return scheme.schemes.some((one) => isUsable(one, given))
  return scheme.kind === 'signed' ? isUsableKey(scheme, given) : true
}

function isUsableKey({ algorithm, key = {} }: SignedScheme, { secret, config }: Given): boolean {
  return isPublicKeyAlgorithm(algorithm ?? 'hmac-sha256')
    ? publicKeyOf(secret, key) !== undefined
    : secretBytes(secret, key, config) !== undefined
}
