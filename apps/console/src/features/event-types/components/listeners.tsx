import type { EventTypeListenersOut } from '@posthorn/contracts'
import { VisibleText } from '@posthorn/ui'
import { useQuery } from '@tanstack/react-query'
import { QueryView } from '../../../components/query-view.tsx'
import { formatCount } from '../../../lib/format-figure.ts'
import { Link } from '../../../lib/router.tsx'
import { useTransport } from '../../../lib/session.tsx'
import { t } from '../../../lib/text.ts'

/** Who would miss it, and what of it was not as it says. */
export function Listeners({ name }: { readonly name: string }) {
  const transport = useTransport()
  const path = `/support/event-type/${encodeURIComponent(name)}/listeners`
  const query = useQuery({
    queryKey: ['event-type', name, 'listeners'],
    queryFn: ({ signal }) => transport.json<EventTypeListenersOut>({ path, signal }),
  })
  return (
    <section className="card stack stack-small" aria-labelledby="listeners">
      <h2 id="listeners">{t('eventTypes.listeners')}</h2>
      <QueryView query={query}>{(listeners) => <Listening listeners={listeners} />}</QueryView>
      <p className="row">
        <Link to={`/messages?type=${encodeURIComponent(name)}`}>{t('eventTypes.messages')}</Link>
        <Link to={`/messages?status=schema_errors&type=${encodeURIComponent(name)}`}>
          {t('eventTypes.violations')}
        </Link>
      </p>
    </section>
  )
}

function Listening({ listeners }: { readonly listeners: EventTypeListenersOut }) {
  const { endpoints, applicationCount, applications, takeAll, isCapped } = listeners
  const count = (n: number) => (isCapped ? `≥ ${formatCount(n)}` : formatCount(n))
  const counts = { endpoints: count(endpoints), applications: count(applicationCount) }
  return (
    <>
      <p>
        {endpoints === 0 ? t('eventTypes.listeners.none') : t('eventTypes.listeners.some', counts)}{' '}
        {takeAll > 0 && t('eventTypes.listeners.all', { n: count(takeAll) })}
      </p>
      {applications.length > 0 && (
        <ul className="changes small">
          {applications.map(({ appId, appName, endpoints: own }) => (
            <li key={appId}>
              <Link to={`/applications/${appId}`}>
                <VisibleText text={appName} />
              </Link>
              : {formatCount(own)}
            </li>
          ))}
        </ul>
      )}
      {applications.length < applicationCount && (
        <p className="small soft">{t('eventTypes.listeners.first', { n: applications.length })}</p>
      )}
    </>
  )
}
