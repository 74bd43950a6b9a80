import type { StaffMembershipOut, StaffProfileOut } from '@posthorn/contracts'
import { Empty, Toasts, useLocale } from '@posthorn/ui'
import { useEffect, useState } from 'react'
import { QueryView } from '../components/query-view.tsx'
import { LinkPage } from '../features/sign-in/components/link-page.tsx'
import { SignInPage } from '../features/sign-in/components/sign-in-page.tsx'
import { currentPlace, navigateTo, urlOf, usePlace } from '../lib/router.tsx'
import { isSignedOut, SessionProvider, useMe } from '../lib/session.tsx'
import { t } from '../lib/text.ts'
import { Layout } from './layout.tsx'
import { firstPath } from './may-open.ts'

export function App() {
  const locale = useLocale()
  return (
    <div key={locale}>
      <Pages />
      <Toasts />
    </div>
  )
}

function Pages() {
  const { path } = usePlace()
  const query = useMe()
  if (path === '/link') return <LinkPage me={query.data ?? null} />
  if (query.data === undefined && isSignedOut(query.error)) return <SignInPage />
  // What was typed stays on the page when the session ends: the layout says so above it.
  const isEnded = isSignedOut(query.error)
  if (query.data !== undefined) return <Organisation me={query.data} hasEnded={isEnded} />
  return (
    <main className="page stack">
      <h1>Posthorn</h1>
      <QueryView query={query}>{() => null}</QueryView>
    </main>
  )
}

interface OrganisationProps {
  readonly me: StaffProfileOut
  readonly hasEnded: boolean
}

/** The organisation of the URL, else the one that was open last. */
function Organisation({ me, hasEnded }: OrganisationProps) {
  const { orgId, path } = usePlace()
  const open = me.memberships.find((membership) => membership.orgId === orgId)
  const first = open ?? preferred(me.memberships)
  const isElsewhere = orgId === null || path === '/' || path === '/sign-in'
  useEffect(() => {
    if (first !== undefined && isElsewhere)
      navigateTo(urlOf(firstPath(first), first.orgId), { replace: true })
  }, [first?.orgId, isElsewhere])
  useEffect(() => {
    if (open !== undefined) remember(open.orgId)
  }, [open?.orgId])
  if (first === undefined) return <Nowhere title={t('organisation.none')} />
  if (open === undefined) return isElsewhere ? null : <Nowhere title={t('organisation.notYours')} />
  return (
    <SessionProvider key={open.orgId} me={me} membership={open}>
      <Layout hasEnded={hasEnded} />
    </SessionProvider>
  )
}

function Nowhere({ title }: { readonly title: string }) {
  const [firstPath] = useState(() => currentPlace().path)
  return (
    <main className="page">
      <div className="card">
        <Empty isPage title={title}>
          <p>{t('organisation.ask')}</p>
          {firstPath !== '/' && <a href="/console">{t('organisation.own')}</a>}
        </Empty>
      </div>
    </main>
  )
}

const STORED_AS = 'posthorn-organisation'

function preferred(memberships: readonly StaffMembershipOut[]): StaffMembershipOut | undefined {
  const last = recall()
  return memberships.find(({ orgId }) => orgId === last) ?? memberships[0]
}

function recall(): string | null {
  try {
    return localStorage.getItem(STORED_AS)
  } catch {
    return null
  }
}

function remember(orgId: string): void {
  try {
    localStorage.setItem(STORED_AS, orgId)
  } catch {
    // Then the first one is opened next time.
  }
}
