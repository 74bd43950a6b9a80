import { Badge, Choices, Empty, RenderGuard, Toasts, useLocale, VisibleText } from '@posthorn/ui'
import { useQuery } from '@tanstack/react-query'
import { useEffect } from 'react'
import { ConnectionProvider, useClient, useMay } from '../lib/client.tsx'
import { tellSessionEnded } from '../lib/host.ts'
import { useLogo } from '../lib/look.ts'
import { Link, usePlace } from '../lib/router.tsx'
import { useHasEnded, useSession } from '../lib/session-store.ts'
import { chooseLocale, t } from '../lib/text.ts'
import { Screen } from './screen.tsx'
import { SessionRenewal } from './session-renewal.tsx'
import { StaffBanner } from './staff-banner.tsx'

export function App() {
  const session = useSession()
  const locale = useLocale()
  if (session === null) return <NoSession key={locale} />
  return (
    <ConnectionProvider session={session}>
      <Layout key={locale} isStaff={session.isStaff} />
    </ConnectionProvider>
  )
}

function NoSession() {
  return (
    <main className="page">
      <div className="card">
        <Empty isPage title={t('session.none.title')}>
          <p>{t('session.none.text')}</p>
        </Empty>
      </div>
    </main>
  )
}

const SECTIONS = ['endpoints', 'messages', 'event-types', 'activity', 'sources'] as const
const SECTION_TEXTS = {
  endpoints: 'endpoints.title',
  messages: 'messages.title',
  'event-types': 'eventTypes.title',
  activity: 'activity.title',
  sources: 'sources.title',
} as const

function Layout({ isStaff }: { readonly isStaff: boolean }) {
  const { path } = usePlace()
  const client = useClient()
  const application = useQuery({
    queryKey: ['application'],
    queryFn: ({ signal }) => client.application({ signal }),
    refetchInterval: 60_000,
  })
  const hasEnded = useHasEnded()
  return (
    <>
      <a className="skip-link" href="#content">
        {t('layout.skip')}
      </a>
      {isStaff && <StaffBanner name={application.data?.name ?? ''} />}
      <Header name={application.data?.name ?? ''} />
      {hasEnded && <SessionEnded />}
      <SessionRenewal />
      <main className="page" id="content" tabIndex={-1}>
        <RenderGuard path={path} t={t}>
          <Screen />
        </RenderGuard>
      </main>
      <Toasts />
    </>
  )
}

/** What was typed stays on the page: only a banner says that nothing can be sent any more. */
function SessionEnded() {
  useEffect(tellSessionEnded, [])
  return (
    <div className="session-ended" role="alert">
      <strong>{t('session.ended.title')}</strong> {t('session.ended.text')}
    </div>
  )
}

function Header({ name }: { readonly name: string }) {
  const { path } = usePlace()
  const mayManageSources = useMay('ManageSources')
  const mayManage = useMay('ManageEndpoint') || mayManageSources
  const maySeeSources = useMay('ViewSources')
  const sections = SECTIONS.filter((section) => section !== 'sources' || maySeeSources)
  return (
    <header className="site-header">
      <div className="site-header-inner">
        <div className="row">
          <Logo />
          <strong className="site-name">
            {name === '' ? t('layout.title') : <VisibleText text={name} />}
          </strong>
          {!mayManage && <Badge tone="idle">{t('state.readOnly')}</Badge>}
        </div>
        <nav className="site-nav" aria-label={t('layout.nav')}>
          {sections.map((section) => (
            <Link
              key={section}
              to={`/${section}`}
              aria-current={path.startsWith(`/${section}`) ? 'page' : undefined}
            >
              {t(SECTION_TEXTS[section])}
            </Link>
          ))}
        </nav>
        <Choices t={t} chooseLocale={chooseLocale} />
      </div>
    </header>
  )
}

function Logo() {
  const logo = useLogo()
  return logo === null ? null : <img className="site-logo" src={logo} alt="" />
}
