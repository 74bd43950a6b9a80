import type { EndpointOut } from '@posthorn/contracts'
import {
  Badge,
  HealthBadge,
  RenderGuard,
  Skeleton,
  useFromTop,
  useIsPainted,
  VisibleText,
} from '@posthorn/ui'
import { lazy, Suspense } from 'react'
import { CopyButton } from '../../../components/copy-button.tsx'
import { QueryView } from '../../../components/query-view.tsx'
import { useMay } from '../../../lib/client.tsx'
import { PageName } from '../../../lib/page-name.tsx'
import { Link, navigate, useSearchValue } from '../../../lib/router.tsx'
import { t } from '../../../lib/text.ts'
import { useEndpoint } from '../api/endpoint-queries.ts'
import { EndpointActions } from './endpoint-actions.tsx'
import { EndpointLog } from './endpoint-log.tsx'
import { EndpointStats } from './endpoint-stats.tsx'
import { MissedNotice } from './missed-notice.tsx'
import { StateNotice } from './state-notice.tsx'
import { TaskPanel } from './task-panel.tsx'

// The log is what most come for.
const SetUp = lazy(async () => ({ default: (await import('./set-up.tsx')).SetUp }))
const TestingTab = lazy(async () => ({ default: (await import('./testing-tab.tsx')).TestingTab }))
const AdvancedTab = lazy(async () => ({
  default: (await import('./advanced-tab.tsx')).AdvancedTab,
}))
const HistoryTab = lazy(async () => ({ default: (await import('./history-tab.tsx')).HistoryTab }))

const TABS = ['overview', 'testing', 'advanced', 'history'] as const
type TabName = (typeof TABS)[number]

export function EndpointPage({ id }: { readonly id: string }) {
  const query = useEndpoint(id)
  return (
    <div className="stack">
      <p>
        <Link to="/endpoints">
          <PageName of="endpoints" />
        </Link>
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
      <Tabs tab={tab} pathOf={(name) => pathOf(endpoint.id, name, { task, missed })} />
      {tab === 'overview' && <Overview endpoint={endpoint} />}
      <Suspense fallback={<Skeleton label={t('state.loading')} />}>
        {tab === 'testing' && <TestingTab endpoint={endpoint} />}
        {tab === 'advanced' && <AdvancedTab endpoint={endpoint} />}
        {tab === 'history' && <HistoryTab endpointId={endpoint.id} />}
      </Suspense>
    </div>
  )
}

interface TabsProps {
  readonly tab: TabName
  readonly pathOf: (tab: TabName) => string
}

/** Links, or a select where there is no room for them beside each other. */
function Tabs({ tab, pathOf: to }: TabsProps) {
  return (
    <nav aria-label={t('endpoint.tabs')}>
      <div className="tabs">
        {TABS.map((name) => (
          <Link key={name} to={to(name)} aria-current={name === tab ? 'page' : undefined}>
            {t(`endpoint.tab.${name}`)}
          </Link>
        ))}
      </div>
      <select
        className="input tabs-select"
        aria-label={t('endpoint.tabs')}
        value={tab}
        onChange={({ target }) => {
          const name = TABS.find((one) => one === target.value)
          if (name !== undefined) navigate(to(name))
        }}
      >
        {TABS.map((name) => (
          <option key={name} value={name}>
            {t(`endpoint.tab.${name}`)}
          </option>
        ))}
      </select>
    </nav>
  )
}

/** What is being sent again, and what could be, is told of on each tab. */
function pathOf(
  id: string,
  tab: TabName,
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
          <CopyButton what={t('form.url')} text={() => endpoint.url}>
            {t('endpoint.copyUrl')}
          </CopyButton>
          {!mayManage && <Badge tone="idle">{t('state.readOnly')}</Badge>}
        </div>
      </div>
      <div className="row">
        {mayManage && (
          <Link className="button" to={`/endpoints/${endpoint.id}?tab=advanced`}>
            {t('endpoints.edit')}
          </Link>
        )}
        {(mayManage || mayAttempt) && <EndpointActions endpoint={endpoint} />}
      </div>
    </header>
  )
}

function Overview({ endpoint }: { readonly endpoint: EndpointOut }) {
  const isPainted = useIsPainted()
  const below = (
    <RenderGuard path={endpoint.id} t={t}>
      <Suspense fallback={<Skeleton label={t('state.loading')} />}>
        <SetUp endpoint={endpoint} />
      </Suspense>
    </RenderGuard>
  )
  return (
    <div className="stack">
      <EndpointStats id={endpoint.id} />
      {isPainted && <EndpointLog endpoint={endpoint} below={below} />}
    </div>
  )
}
