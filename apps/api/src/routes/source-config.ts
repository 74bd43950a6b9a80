import { type Config, findProvider } from '@posthorn/providers'

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
