import type { EndpointOut } from '@posthorn/contracts'
import { Badge, FullTime, HealthBadge, useFromTop, useIsPainted, VisibleText } from '@posthorn/ui'
import { CopyButton } from '../../../components/copy-button.tsx'
import { QueryView } from '../../../components/query-view.tsx'
import { useMay } from '../../../lib/client.tsx'
import { Link, useSearchValue } from '../../../lib/router.tsx'
import { t } from '../../../lib/text.ts'
import { useEndpoint } from '../api/endpoint-queries.ts'
import { AdvancedTab } from './advanced-tab.tsx'
import { CheckSignature } from './check-signature.tsx'
import { EndpointActions } from './endpoint-actions.tsx'
import { EndpointAttempts } from './endpoint-attempts.tsx'
import { EndpointStats } from './endpoint-stats.tsx'
import { HistoryTab } from './history-tab.tsx'
import { MissedNotice } from './missed-notice.tsx'
import { SecretCard } from './secret-card.tsx'
import { Snippets } from './snippets.tsx'
import { StateNotice } from './state-notice.tsx'
import { TaskPanel } from './task-panel.tsx'
import { TestingTab } from './testing-tab.tsx'

const TABS = ['overview', 'testing', 'advanced', 'history'] as const

export function EndpointPage({ id }: { readonly id: string }) {
  const query = useEndpoint(id)
  return (
    <div className="stack">
      <p>
        <Link to="/endpoints">{t('endpoints.title')}</Link>
      </p>
      {query.data === undefined && (
        <h1 className="visually-hidden">{t('endpoints.column.endpoint')}</h1>
      )}
      <QueryView query={query}>{(endpoint) => <Endpoint endpoint={endpoint} />}</QueryView>
    </div>
  )
}

function Endpoint({ endpoint }: { readonly endpoint: EndpointOut }) {
  const [asked] = useSearchValue('tab')
  const [task] = useSearchValue('task')
  const [missed] = useSearchValue('missed')
  const tab = TABS.find((name) => name === asked) ?? 'overview'
  useFromTop(tab)
  return (
    <div className="stack">
      <Header endpoint={endpoint} />
      <StateNotice endpoint={endpoint} />
      <MissedNotice endpoint={endpoint} />
      <TaskPanel />
      <nav className="tabs" aria-label={t('endpoint.tabs')}>
        {TABS.map((name) => (
          <Link
            key={name}
            to={pathOf(endpoint.id, name, { task, missed })}
            aria-current={name === tab ? 'page' : undefined}
          >
            {t(`endpoint.tab.${name}`)}
          </Link>
        ))}
      </nav>
      {tab === 'overview' && <Overview endpoint={endpoint} />}
      {tab === 'testing' && <TestingTab endpoint={endpoint} />}
      {tab === 'advanced' && <AdvancedTab endpoint={endpoint} />}
      {tab === 'history' && <HistoryTab endpointId={endpoint.id} />}
    </div>
  )
}

/** What is being sent again, and what could be, is told of on each tab. */
function pathOf(
  id: string,
  tab: (typeof TABS)[number],
  kept: Readonly<Record<'task' | 'missed', string>>,
): string {
  const values = { tab: tab === 'overview' ? '' : tab, ...kept }
  const search = new URLSearchParams(Object.entries(values).filter(([, value]) => value !== ''))
  return `/endpoints/${id}${search.size === 0 ? '' : `?${search}`}`
}

function Header({ endpoint }: { readonly endpoint: EndpointOut }) {
  const mayManage = useMay('ManageEndpoint')
  const mayAttempt = useMay('CreateAttempts')
  return (
    <header className="row row-between">
      <div className="stack stack-small header-text">
        <h1>
          <VisibleText text={endpoint.url} />
        </h1>
        <div className="row">
          <HealthBadge health={endpoint.state.health} />
          {endpoint.description !== '' && <VisibleText text={endpoint.description} />}
          <span className="mono soft">{endpoint.id}</span>
          <CopyButton what={t('endpoint.id')} text={() => endpoint.id} />
          {!mayManage && <Badge tone="idle">{t('state.readOnly')}</Badge>}
        </div>
      </div>
      {(mayManage || mayAttempt) && <EndpointActions endpoint={endpoint} />}
    </header>
  )
}

function Overview({ endpoint }: { readonly endpoint: EndpointOut }) {
  const isPainted = useIsPainted()
  return (
    <div className="stack">
      <EndpointStats id={endpoint.id} />
      <div className="columns">
        <SecretCard endpointId={endpoint.id} />
        <Subscribed endpoint={endpoint} />
      </div>
      <Snippets />
      <CheckSignature endpointId={endpoint.id} />
      {isPainted && <EndpointAttempts endpoint={endpoint} />}
    </div>
  )
}

function Subscribed({ endpoint }: { readonly endpoint: EndpointOut }) {
  const { eventTypes, channels, throttleRate } = endpoint
  return (
    <section className="card stack stack-small">
      <h2>{t('form.filtering')}</h2>
      <dl className="facts">
        <dt>{t('filter.eventTypes')}</dt>
        <dd className={eventTypes == null ? '' : 'mono'}>
          {eventTypes == null ? t('filter.allFuture') : eventTypes.join(', ')}
        </dd>
        <dt>{t('form.channels')}</dt>
        <dd className={channels == null ? '' : 'mono'}>
          {channels == null ? t('filter.noChannels') : channels.join(', ')}
        </dd>
        <dt>{t('form.throttleRate')}</dt>
        <dd>{throttleRate == null ? t('filter.noRate') : t('filter.rate', { n: throttleRate })}</dd>
        <dt>{t('endpoints.column.created')}</dt>
        <dd>
          <FullTime at={endpoint.createdAt} />
        </dd>
      </dl>
    </section>
  )
}
