import { pageTitle, useTitle } from '@posthorn/ui'
import { useBrand } from '../lib/look.ts'
import { t } from '../lib/text.ts'

const TEXTS = {
  endpoints: 'endpoints.title',
  messages: 'messages.title',
  'event-types': 'eventTypes.title',
  activity: 'activity.title',
  sources: 'sources.title',
} as const

/** The page, which of its things is open, and whose portal it is. */
export function usePortalTitle(path: string): void {
  const { productName = 'Webhooks', labels } = useBrand()
  const [section = '', ...parts] = path.split('/').slice(1)
  const page = pageOf(section === '' ? 'endpoints' : section, labels)
  const title = pageTitle({ page, parts, isName: () => section === 'event-types' })
  useTitle(`${title} · ${productName}`)
}

function pageOf(section: string, labels: Readonly<Record<string, string | undefined>>): string {
  const text = Object.entries(TEXTS).find(([name]) => name === section)?.[1]
  return labels[section] ?? t(text ?? 'state.notFound.title')
}
