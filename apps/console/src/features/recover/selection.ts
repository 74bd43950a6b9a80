import { t } from '../../lib/text.ts'

/** Whose messages are recovered, as the api takes it. */
export type Selection =
  | { readonly host: string }
  | { readonly appId: string }
  | { readonly endpointIds: readonly string[] }
  | { readonly failing: true }

/** As the URL names it; null: nothing yet. */
export function readSelection(search: URLSearchParams): Selection | null {
  const [host, appId, endpoints] = ['host', 'application', 'endpoints'].map(
    (name) => search.get(name) ?? '',
  )
  if (host) return { host }
  if (appId) return { appId }
  if (endpoints) return { endpointIds: endpoints.split(',').filter((id) => id !== '') }
  return search.has('failing') ? { failing: true } : null
}

const TYPE_NAME = /^[a-zA-Z0-9\-_.]{1,256}$/
const MOST_TYPES = 100

/** Names joined by commas; none: all. Null: they can't be. */
export function readTypes(text: string): readonly string[] | null {
  const names = [...new Set(text.split(/[\s,]+/).filter((name) => name !== ''))]
  return names.length <= MOST_TYPES && names.every((name) => TYPE_NAME.test(name)) ? names : null
}

export function describeSelection(selection: Selection): string {
  if ('host' in selection) return t('recover.of.host', { host: selection.host })
  if ('appId' in selection) return t('recover.of.application', { id: selection.appId })
  if ('endpointIds' in selection)
    return t('recover.of.endpoints', { n: selection.endpointIds.length })
  return t('recover.of.failing')
}

/** A task keeps it as a text: `host:…`, `application:…`, `endpoints`, `failing`. */
export function describeStored(data: Readonly<Record<string, unknown>>): string {
  const what = describePlace(data)
  const types = typesOfStored(data)
  return types.length === 0 ? what : t('recover.ofTypes', { what, types: types.join(', ') })
}

function typesOfStored({ eventTypes }: Readonly<Record<string, unknown>>): readonly string[] {
  return Array.isArray(eventTypes) ? eventTypes.map(String) : []
}

function describePlace(data: Readonly<Record<string, unknown>>): string {
  const text = String(data['selection'])
  const [kind, ...rest] = text.split(':')
  const named = rest.join(':')
  if (kind === 'host') return t('recover.of.host', { host: named })
  if (kind === 'application') return t('recover.of.application', { id: named })
  if (kind === 'failing') return t('recover.of.failing')
  return t('recover.of.endpoints', { n: Number(data['endpoints']) })
}

/** Where the same recover begins again; null: it was of endpoints that were picked. */
export function searchOfStored(data: Readonly<Record<string, unknown>>): string | null {
  const [kind, ...rest] = String(data['selection']).split(':')
  const named = rest.join(':')
  const types = typesOfStored(data)
  const same = {
    since: String(data['since']),
    ...(types.length === 0 ? {} : { types: types.join() }),
  }
  if (kind === 'host') return `${new URLSearchParams({ host: named, ...same })}`
  if (kind === 'application') return `${new URLSearchParams({ application: named, ...same })}`
  return kind === 'failing' ? `${new URLSearchParams({ failing: '1', ...same })}` : null
}

/** What the list of messages filters by to show what failed of it. */
export function failedOfStored(data: Readonly<Record<string, unknown>>): string {
  const [kind, ...rest] = String(data['selection']).split(':')
  const named = rest.join(':')
  const of = kind === 'host' ? { host: named } : kind === 'application' ? { app: named } : {}
  const types = typesOfStored(data)
  const ofTypes = types.length === 0 ? {} : { type: types.join() }
  return `${new URLSearchParams({ ...of, ...ofTypes, status: 'failed' })}`
}
