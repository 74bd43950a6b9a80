import type { ApplicationThemeOut } from '@posthorn/contracts/portal-theme'
import {
  Badge,
  Choices,
  Empty,
  type Locale,
  RenderGuard,
  Toasts,
  useLocale,
  VisibleText,
} from '@posthorn/ui'
import { useQuery } from '@tanstack/react-query'
import { useEffect } from 'react'
import { keepAsked } from '../lib/asked.ts'
import { ConnectionProvider, useAppId, useMay, useTransport } from '../lib/client.tsx'
import { tellSessionEnded } from '../lib/host.ts'
import { applyStored, useBrand } from '../lib/look.ts'
import { PageName } from '../lib/page-name.tsx'
import { Link, usePlace } from '../lib/router.tsx'
import { useHasEnded, useSession } from '../lib/session-store.ts'
import { chooseLocale, t } from '../lib/text.ts'
import { useApplication } from '../lib/use-application.ts'
import { Screen } from './screen.tsx'
import { SessionRenewal } from './session-renewal.tsx'
import { StaffBanner } from './staff-banner.tsx'
import { usePortalTitle } from './use-portal-title.ts'

export function App({ isLookBrought }: { readonly isLookBrought: boolean }) {
  const session = useSession()
  const locale = useLocale()
  usePortalTitle(usePlace().path)
  if (session === null) return <NoSession key={locale} />
  return (
    <ConnectionProvider session={session}>
      {!isLookBrought && <StoredLook />}
      <Layout key={locale} isStaff={session.isStaff} />
    </ConnectionProvider>
  )
}

/** Asked for only where the page didn't bring it: after a reload, or by a link that is older than the look. */
function StoredLook() {
  const appId = useAppId()
  const transport = useTransport()
  const { data } = useQuery({
    queryKey: ['look'],
    queryFn: ({ signal }) =>
      transport.json<ApplicationThemeOut>({ path: `/app/${appId}/portal-theme`, signal }),
    staleTime: Number.POSITIVE_INFINITY,
  })
  useEffect(() => {
    if (data !== undefined) applyStored(appId, textsOf(data))
  }, [data])
  return null
}

function textsOf({ values }: ApplicationThemeOut): Record<string, string> {
  return Object.fromEntries(
    values.flatMap(({ name, value }) => (value === null ? [] : [[name, value]])),
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

function Layout({ isStaff }: { readonly isStaff: boolean }) {
  const { path } = usePlace()
  const application = useApplication()
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
          <SiteName name={name} />
          {!mayManage && <Badge tone="idle">{t('state.readOnly')}</Badge>}
        </div>
        <nav className="site-nav" aria-label={t('layout.nav')}>
          {sections.map((section) => (
            <Link
              key={section}
              to={`/${section}`}
              aria-current={path.startsWith(`/${section}`) ? 'page' : undefined}
            >
              <SectionName section={section} />
            </Link>
          ))}
        </nav>
        <SupportLink />
        <Choices t={t} chooseLocale={pickLocale} />
      </div>
    </header>
  )
}

/** Over what the address asked for, in this tab. */
function pickLocale(locale: Locale): Promise<void> {
  keepAsked({ locale })
  return chooseLocale(locale)
}

function SectionName({ section }: { readonly section: (typeof SECTIONS)[number] }) {
  if (section === 'activity' || section === 'sources') return t(`${section}.title`)
  return <PageName of={section} />
}

function Logo() {
  const { light, dark } = useBrand().logos
  if (light === dark)
    return light === undefined ? null : <img className="site-logo" src={light} alt="" />
  return (
    <>
      <img className="site-logo only-light" src={light} alt="" />
      <img className="site-logo only-dark" src={dark} alt="" />
    </>
  )
}

/** Whose product it is, if that is said, and which of its applications. */
function SiteName({ name }: { readonly name: string }) {
  const { productName } = useBrand()
  const own = name === '' ? null : <VisibleText text={name} />
  if (productName === undefined)
    return <strong className="site-name">{own ?? t('layout.title')}</strong>
  return (
    <>
      <strong className="site-name">
        <VisibleText text={productName} />
      </strong>
      <span className="site-name soft">{own}</span>
    </>
  )
}

function SupportLink() {
  const { supportLink } = useBrand()
  if (supportLink === undefined) return null
  return (
    <a href={supportLink} target="_blank" rel="noreferrer">
      {t('layout.support')}
    </a>
  )
}
