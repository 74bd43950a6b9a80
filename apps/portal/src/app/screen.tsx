import { Empty, Skeleton, useScreenEntry } from '@posthorn/ui'
import { lazy, Suspense } from 'react'
import { EndpointPage } from '../features/endpoints/components/endpoint-detail.tsx'
import { EndpointListPage } from '../features/endpoints/components/endpoint-list.tsx'
import { MessagePage } from '../features/messages/components/message-detail.tsx'
import { MessageListPage } from '../features/messages/components/message-list.tsx'
import { usePlace } from '../lib/router.tsx'
import { t } from '../lib/text.ts'

// Read while a receiver is built, and seldom afterwards.
const EventCatalogPage = lazy(async () => {
  const { EventCatalogPage } = await import('../features/event-types/components/event-catalog.tsx')
  return { default: EventCatalogPage }
})

// The charts come with the page that shows them.
const ActivityPage = lazy(async () => {
  const { ActivityPage } = await import('../features/activity/components/activity-page.tsx')
  return { default: ActivityPage }
})

// The form with its picker of event types is wanted now and then.
const AddEndpointPage = lazy(async () => {
  const { AddEndpointPage } = await import('../features/endpoints/components/add-endpoint.tsx')
  return { default: AddEndpointPage }
})

// Most customers have no sources.
const SourcesPage = lazy(async () => {
  const { SourcesPage } = await import('../features/sources/components/sources-page.tsx')
  return { default: SourcesPage }
})

/** The screen of the path. */
export function Screen() {
  const { path } = usePlace()
  useScreenEntry(path)
  const [section = '', ...parts] = path.split('/').slice(1).map(decodePart)
  const [name] = parts
  switch (section) {
    case '':
    case 'endpoints':
      return endpointScreen(name)
    case 'messages':
      return name === undefined ? <MessageListPage /> : <MessagePage key={name} id={name} />
    case 'activity':
      return (
        <Suspense fallback={<Skeleton label={t('state.loading')} />}>
          <ActivityPage />
        </Suspense>
      )
    case 'sources':
      return (
        <Suspense fallback={<Skeleton label={t('state.loading')} />}>
          <SourcesPage parts={parts} />
        </Suspense>
      )
    case 'event-types':
      return (
        <Suspense fallback={<Skeleton label={t('state.loading')} />}>
          <EventCatalogPage name={name ?? null} />
        </Suspense>
      )
    default:
      return (
        <Empty isPage title={t('state.notFound.title')}>
          <p>{t('state.notFound.text')}</p>
        </Empty>
      )
  }
}

function endpointScreen(name: string | undefined) {
  if (name === undefined || name === '') return <EndpointListPage />
  if (name !== 'new') return <EndpointPage key={name} id={name} />
  return (
    <Suspense fallback={<Skeleton label={t('state.loading')} />}>
      <AddEndpointPage />
    </Suspense>
  )
}

function decodePart(part: string): string {
  try {
    return decodeURIComponent(part)
  } catch {
    return part
  }
}
