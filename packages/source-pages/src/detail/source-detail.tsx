import type { SourceOut } from '@posthorn/contracts/ingest'
import { Badge, Copyable, Notice, useFromTop, VisibleText } from '@posthorn/ui'
import type { ReactNode } from 'react'
import { useSource, useSourceType } from '../api/source-queries.ts'
import { SourceBadges, UnverifiedNotice } from '../parts/unverified.tsx'
import { QuarantineTab } from '../quarantine/quarantine-tab.tsx'
import { RequestLog } from '../requests/request-log.tsx'
import { useHost } from '../source-host.tsx'
import { t } from '../text.ts'
import { SetUpTab } from './set-up-tab.tsx'
import { SettingsTab } from './settings-tab.tsx'
import { SourceMenu } from './source-menu.tsx'
import { TestTab } from './test-tab.tsx'

export function SourceDetail({ id }: { readonly id: string }) {
  const { QueryView, Link } = useHost()
  const query = useSource(id)
  return (
    <div className="stack">
      <p>
        <Link to="/sources">{t('title')}</Link>
      </p>
      {query.data === undefined && <h1 className="visually-hidden">{t('source')}</h1>}
      <QueryView query={query}>
        {(source) => (
          <>
            <Header source={source} />
            <UnverifiedNotice source={source} />
            <Tabs source={source} />
          </>
        )}
      </QueryView>
    </div>
  )
}

function Header({ source }: { readonly source: SourceOut }) {
  const { CopyButton, may } = useHost()
  const { name, type, ingestUrl, id } = source
  const lack = useLack(source)
  return (
    <header className="stack stack-small">
      <div className="row row-between">
        <h1>
          <VisibleText text={name} />
        </h1>
        {may.manage && <SourceMenu source={source} />}
      </div>
      <div className="row">
        <span className="mono soft">{type}</span>
        <SourceBadges source={source} />
        {lack === 'secret' && <Badge tone="bad">{t('secret.none')}</Badge>}
        {lack === 'scheme' && <Badge tone="bad">{t('known.unconfirmed')}</Badge>}
      </div>
      <dl className="facts">
        {type !== 'cron' && (
          <>
            <dt>{t('url')}</dt>
            <dd className="row">
              <code className="mono source-url">{ingestUrl}</code>
              <CopyButton what={t('url')} text={() => ingestUrl} />
            </dd>
          </>
        )}
        <dt>{t('id')}</dt>
        <dd>
          <Copyable what={t('id')} text={id} />
        </dd>
      </dl>
      {lack === 'secret' && (
        <Notice tone="warn" title={t('secret.none')}>
          <p>{t('secret.none.text')}</p>
        </Notice>
      )}
    </header>
  )
}

type Lack = 'secret' | 'scheme'

/** What lets nothing pass: a secret that isn't there yet, or a scheme that nobody published. */
function useLack(source: SourceOut): Lack | null {
  const { data } = useSourceType(source.type)
  if (data === undefined || source.options.noVerification) return null
  if (data.known === 'unconfirmed') return 'scheme'
  return source.awaitsSecret ? 'secret' : null
}

const TABS = ['requests', 'quarantine', 'set-up', 'test', 'settings'] as const
type Tab = (typeof TABS)[number]

function Tabs({ source }: { readonly source: SourceOut }) {
  const { Link, may, useSearchValue } = useHost()
  const [chosen] = useSearchValue('tab')
  const offered = TABS.filter((tab) => isOffered(tab, source, may))
  const first = source.received?.lastAt == null ? 'set-up' : 'requests'
  const open = offered.find((tab) => tab === chosen) ?? first
  useFromTop(open)
  return (
    <>
      <nav className="tabs" aria-label={t('tabs')}>
        {offered.map((tab) => (
          <Link
            key={tab}
            to={`/sources/${source.id}?tab=${tab}`}
            aria-current={tab === open ? 'page' : undefined}
          >
            {t(`tab.${tab}`)}
            {tab === 'quarantine' && <Waiting source={source} />}
          </Link>
        ))}
      </nav>
      {contentOf(open, source)}
    </>
  )
}

function isOffered(tab: Tab, { type }: SourceOut, may: ReturnType<typeof useHost>['may']): boolean {
  if (tab === 'settings') return may.manage
  if (tab === 'test') return may.try && type !== 'cron'
  if (tab === 'quarantine') return may.readContent && type !== 'cron'
  return true
}

function Waiting({ source }: { readonly source: SourceOut }) {
  const n = source.received?.quarantined ?? 0
  return n === 0 ? null : <> ({n < 100 ? n : '100+'})</>
}

function contentOf(tab: Tab, source: SourceOut): ReactNode {
  switch (tab) {
    case 'requests':
      return <RequestLog sourceId={source.id} />
    case 'quarantine':
      return <QuarantineTab source={source} />
    case 'set-up':
      return <SetUpTab source={source} />
    case 'test':
      return <TestTab sourceId={source.id} url={source.ingestUrl} />
    case 'settings':
      return <SettingsTab source={source} />
  }
}
