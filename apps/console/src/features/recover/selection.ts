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

type StoredData = Readonly<Record<string, unknown>>

/** A task keeps it as a text: `host:…`, `application:…`, `endpoints`, `failing`. */
function readStored({ selection, eventTypes }: StoredData) {
  const [kind, ...rest] = String(selection).split(':')
  const types = Array.isArray(eventTypes) ? eventTypes.map(String) : []
  return { kind, named: rest.join(':'), types }
}

export function describeStored(data: StoredData): string {
  const what = describePlace(data)
  const { types } = readStored(data)
  return types.length === 0 ? what : t('recover.ofTypes', { what, types: types.join(', ') })
}

function describePlace(data: StoredData): string {
  const { kind, named } = readStored(data)
  if (kind === 'host') return t('recover.of.host', { host: named })
  if (kind === 'application') return t('recover.of.application', { id: named })
  if (kind === 'failing') return t('recover.of.failing')
  return t('recover.of.endpoints', { n: Number(data['endpoints']) })
}

/** Where the same recover begins again; null: it was of endpoints that were picked. */
export function searchOfStored(data: StoredData): string | null {
  const { kind, named, types } = readStored(data)
  const same = {
    since: String(data['since']),
    ...(types.length === 0 ? {} : { types: types.join() }),
  }
  if (kind === 'host') return `${new URLSearchParams({ host: named, ...same })}`
  if (kind === 'application') return `${new URLSearchParams({ application: named, ...same })}`
  return kind === 'failing' ? `${new URLSearchParams({ failing: '1', ...same })}` : null
}

/** What the list of messages filters by to show what failed of it. */
export function failedOfStored(data: StoredData): string {
  const { kind, named, types } = readStored(data)
  const of = kind === 'host' ? { host: named } : kind === 'application' ? { app: named } : {}
  const ofTypes = types.length === 0 ? {} : { type: types.join() }
  return `${new URLSearchParams({ ...of, ...ofTypes, status: 'failed' })}`
}
