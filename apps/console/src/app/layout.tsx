import type { StaffProfileOut } from '@posthorn/contracts'
import {
  Badge,
  Button,
  Choices,
  Empty,
  pageTitle,
  RenderGuard,
  Skeleton,
  toast,
  useScreenEntry,
  useTitle,
} from '@posthorn/ui'
import { useQueryClient } from '@tanstack/react-query'
import { Suspense } from 'react'
import { NeedsRole } from '../components/needs-role.tsx'
import { describeError } from '../components/query-view.tsx'
import { FindBox } from '../features/find/components/find-box.tsx'
import type { FindPage } from '../features/find/components/found-list.tsx'
import { PauseBanner } from '../features/health/components/pause-banner.tsx'
import { organisationName } from '../lib/organisation-name.ts'
import { Link, navigateTo, urlOf, usePlace } from '../lib/router.tsx'
import { isAtLeast, ME, ownTransport, type Session, useSession } from '../lib/session.tsx'
import { chooseLocale, t } from '../lib/text.ts'
import { ACTIONS } from './actions.ts'
import { LimitHint } from './limit-hint.tsx'
import { firstPath, mayOpen } from './may-open.ts'
import { SECTIONS } from './sections.tsx'

export function Layout({ hasEnded }: { readonly hasEnded: boolean }) {
  const { path } = usePlace()
  useScreenEntry(path)
  useTitle(`${titleOf(path)} · Posthorn`)
  return (
    <>
      <a className="skip-link" href="#content">
        {t('layout.skip')}
      </a>
      <Header />
      {hasEnded && <SessionEnded />}
      <PauseBanner />
      <LimitHint />
      <div className="console">
        <Navigation />
        <main className="console-main" id="content" tabIndex={-1}>
          <RenderGuard path={path} t={t}>
            <Suspense fallback={<Skeleton label={t('state.loading')} />}>
              <Screen path={path} />
            </Suspense>
          </RenderGuard>
        </main>
      </div>
    </>
  )
}

function SessionEnded() {
  return (
    <div className="session-ended" role="alert">
      <strong>{t('session.ended.title')}</strong> {t('session.ended.text')}{' '}
      <a href="/console/sign-in" target="_blank" rel="noreferrer">
        {t('session.ended.signIn')}
      </a>
    </div>
  )
}

/** Whose things are called by a name. */
const NAMED = new Set(['event-types', 'outages'])

/** The section, and which of its things is open. */
function titleOf(path: string): string {
  const { section, parts } = readPath(path)
  if (section === undefined) return t('state.notFound.title')
  const isNamed = NAMED.has(section.path)
  const isName = (part: string) => isNamed && /^[^~]/.test(part)
  return pageTitle({ page: t(section.title), parts, isName })
}

function readPath(path: string) {
  const [name = '', ...parts] = path.split('/').slice(1).map(decodePart)
  return { section: SECTIONS.find((candidate) => candidate.path === name), parts }
}

function Screen({ path }: { readonly path: string }) {
  const { section, parts } = readPath(path)
  const session = useSession()
  if (section === undefined)
    return (
      <>
        <h1>{t('state.notFound.title')}</h1>
        <p>{t('state.notFound.text')}</p>
      </>
    )
  if (!mayOpen(session, section))
    return (
      <>
        <h1>{t(section.title)}</h1>
        {isAtLeast(session.role, section.leastRole) ? (
          <Empty title={t('state.forbidden.title')}>
            <p>{t('limit.forbidden')}</p>
          </Empty>
        ) : (
          <NeedsRole role={section.leastRole} />
        )}
      </>
    )
  return <section.screen parts={parts} />
}

function decodePart(part: string): string {
  try {
    return decodeURIComponent(part)
  } catch {
    return part
  }
}

const GROUPS = ['health', 'customers', 'settings'] as const

function Navigation() {
  const { path } = usePlace()
  const session = useSession()
  const open = path.split('/')[1]
  return (
    <nav className="console-nav" aria-label={t('layout.nav')}>
      {GROUPS.map((group) => {
        const sections = SECTIONS.filter(
          (section) => section.group === group && mayOpen(session, section),
        )
        if (sections.length === 0) return null
        return (
          <div key={group} className="console-nav-group">
            <span className="console-nav-title">{t(`layout.group.${group}`)}</span>
            {sections.map((section) => (
              <Link
                key={section.path}
                to={`/${section.path}`}
                aria-current={open === section.path ? 'page' : undefined}
              >
                {t(section.title)}
              </Link>
            ))}
          </div>
        )
      })}
    </nav>
  )
}

function Header() {
  const session = useSession()
  const { me, orgId, role } = session
  const queries = useQueryClient()
  const switchTo = (next: string) => {
    queries.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== ME[0] })
    const there = me.memberships.find((membership) => membership.orgId === next)
    navigateTo(urlOf(firstPath(there ?? session), next))
  }
  return (
    <header className="site-header">
      <div className="site-header-inner console-header">
        <strong className="site-name">Posthorn</strong>
        <div className="row console-organisation">
          {me.memberships.length > 1 ? (
            <select
              className="input"
              aria-label={t('organisation.label')}
              value={orgId}
              onChange={({ target }) => switchTo(target.value)}
            >
              {me.memberships.map((membership) => (
                <option key={membership.orgId} value={membership.orgId}>
                  {organisationName(membership)}
                </option>
              ))}
            </select>
          ) : (
            <span className="soft console-organisation-name" title={orgId}>
              {nameOf(me, orgId)}
            </span>
          )}
          <Badge tone="idle">{t(`role.${role}`)}</Badge>
        </div>
        <FindBox pages={pagesFor(session)} />
        <Choices t={t} chooseLocale={chooseLocale} />
        <Link to="/profile">{me.name}</Link>
        <SignOut />
      </div>
    </header>
  )
}

function pagesFor(session: Session): FindPage[] {
  const opened = SECTIONS.filter((section) => mayOpen(session, section))
  const pages = opened.filter((section) => section.group !== undefined)
  const paths = new Set(opened.map(({ path }) => path))
  const actions = ACTIONS.filter(
    ({ path, leastRole }) =>
      isAtLeast(session.role, leastRole) && paths.has(path.split(/[/?]/)[1] ?? ''),
  )
  return [
    ...pages.map(({ path, title }) => ({
      path: `/${path}`,
      title: t(title),
      kind: 'page' as const,
    })),
    ...actions.map(({ path, title }) => ({
      path,
      title: t(title),
      kind: 'action' as const,
    })),
  ]
}

function nameOf({ memberships }: StaffProfileOut, orgId: string): string {
  const open = memberships.find((membership) => membership.orgId === orgId)
  return open === undefined ? orgId : organisationName(open)
}

function SignOut() {
  const signOut = async () => {
    try {
      await ownTransport.json({ method: 'POST', path: '/staff/me/sign-out' })
    } catch (err) {
      return toast(describeError(err))
    }
    // Loaded anew, so that nothing that was read stays in this tab.
    location.assign('/console/sign-in')
  }
  return (
    <Button size="small" onClick={() => void signOut()}>
      {t('layout.signOut')}
    </Button>
  )
}
