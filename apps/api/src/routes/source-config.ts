import type { IngestSourceIn } from '@posthorn/contracts/ingest'
import type { KnownSource, SourceReplacement } from '@posthorn/core/ingest'
import { type Config, findProvider } from '@posthorn/providers'
import { sdkType } from './source-presenter.ts'

type GivenConfig = Readonly<Record<string, string | number | boolean | null>>

/** The SDKs hand a source's secret over among its settings; absent is null: as it is. */
export function splitConfig(
  type: string,
  given: GivenConfig,
): { readonly config: Config; readonly secrets: readonly string[] | null } {
  const field = findProvider(type)?.key.field ?? 'secret'
  const { [field]: secret, ...rest } = given
  const set = Object.entries(rest).flatMap(([name, value]) =>
    value === null ? [] : [[name, value] as const],
  )
  return { config: Object.fromEntries(set), secrets: secretsOf(secret) }
}

function secretsOf(secret: GivenConfig[string] | undefined): readonly string[] | null {
  if (secret === undefined) return null
  return secret === null || secret === '' ? [] : [String(secret)]
}

/** What the SDKs have names for, beside the secret. */
const SDK_SETTINGS: Readonly<Record<string, readonly string[]>> = {
  cron: ['schedule', 'payload', 'contentType'],
  meta: ['verifyToken'],
  tailscale: ['timestampGraceSeconds'],
}

/**
 * A source as an SDK puts it. It may put back what it was shown: the stand-in for a type that it doesn't know
 * leaves the type as it is, and settings that it has no name for stay.
 */
export function replacementBySdk(
  body: IngestSourceIn,
  before: KnownSource | null,
): SourceReplacement {
  const isShownSo = before !== null && body.type === sdkType(before.type)
  const type = isShownSo ? before.type : body.type
  const { config, secrets } = splitConfig(type, body.config)
  const kept = isShownSo ? unnamed(before, body.config) : {}
  return { ...body, type, secrets, config: { ...kept, ...config }, options: {} }
}

function unnamed({ type, config }: KnownSource, given: GivenConfig): Config {
  const named = new Set([...(SDK_SETTINGS[type] ?? []), ...Object.keys(given)])
  return Object.fromEntries(Object.entries(config).filter(([name]) => !named.has(name)))
}
