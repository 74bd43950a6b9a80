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

export function describeSelection(selection: Selection): string {
  if ('host' in selection) return t('recover.of.host', { host: selection.host })
  if ('appId' in selection) return t('recover.of.application', { id: selection.appId })
  if ('endpointIds' in selection)
    return t('recover.of.endpoints', { n: selection.endpointIds.length })
  return t('recover.of.failing')
}

/** A task keeps it as a text: `host:…`, `application:…`, `endpoints`, `failing`. */
export function describeStored(data: Readonly<Record<string, unknown>>): string {
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
  const since = String(data['since'])
  if (kind === 'host') return `${new URLSearchParams({ host: rest.join(':'), since })}`
  if (kind === 'application')
    return `${new URLSearchParams({ application: rest.join(':'), since })}`
  return kind === 'failing' ? `${new URLSearchParams({ failing: '1', since })}` : null
}

/** What the list of messages filters by to show what failed of it. */
export function failedOfStored(data: Readonly<Record<string, unknown>>): string {
  const [kind, ...rest] = String(data['selection']).split(':')
  const named = rest.join(':')
  const of = kind === 'host' ? { host: named } : kind === 'application' ? { app: named } : {}
  return `${new URLSearchParams({ ...of, status: 'failed' })}`
}
