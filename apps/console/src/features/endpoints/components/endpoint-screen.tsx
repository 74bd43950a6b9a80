import type { EndpointOut } from '@posthorn/contracts'
import { cappedCount, Copyable, HealthBadge, Notice, useProbe, VisibleText } from '@posthorn/ui'
import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { disablerText } from '../../../components/disabler-text.ts'
import { QueryView } from '../../../components/query-view.tsx'
import { FullTime, Time, TimeAndUtc } from '../../../components/time.tsx'
import { Link } from '../../../lib/router.tsx'
import { useMayAs } from '../../../lib/session.tsx'
import { t } from '../../../lib/text.ts'
import { useApplicationClient } from '../../../lib/use-application-client.ts'
import { EndpointAttempts } from './endpoint-attempts.tsx'
import { ProbeNow } from './probe-now.ts'

const POLL_MS = 5_000

export interface EndpointScreenProps {
  readonly appId: string
  readonly endpointId: string
}

/** One endpoint of a customer: how it is, how it is set, and what it answered last. */
export function EndpointScreen({ appId, endpointId }: EndpointScreenProps) {
  const client = useApplicationClient(appId)
  const query = useQuery({
    queryKey: ['endpoint', endpointId],
    queryFn: ({ signal }) => client.endpoints.get(endpointId, { signal }),
    refetchInterval: POLL_MS,
  })
  return (
    <div className="stack">
      <Link to={`/applications/${appId}`}>{t('endpoints.application')}</Link>
      {query.data === undefined && <h1 className="visually-hidden">{t('messages.endpoint')}</h1>}
      <QueryView query={query}>
        {(endpoint) => (
          <>
            <Head endpoint={endpoint} />
            <State appId={appId} endpoint={endpoint} />
            <Links appId={appId} url={endpoint.url} />
            <Facts endpoint={endpoint} />
            <EndpointAttempts client={client} appId={appId} endpointId={endpoint.id} />
          </>
        )}
      </QueryView>
    </div>
  )
}

interface PartProps {
  readonly endpoint: EndpointOut
}

function Head({ endpoint }: PartProps) {
  return (
    <header className="stack stack-small">
      <div className="row row-between">
        <div className="row">
          <h1 className="endpoint-url">
            <VisibleText text={endpoint.url} />
          </h1>
          <HealthBadge health={endpoint.state.health} />
        </div>
        <Recover endpoint={endpoint} />
      </div>
      {endpoint.description !== '' && (
        <p>
          <VisibleText text={endpoint.description} />
        </p>
      )}
    </header>
  )
}

/** From since when it fails, where it does; it may be chosen anew there. */
function Recover({ endpoint: { id, state } }: PartProps) {
  const maySend = useMayAs('support')
  if (!maySend || state.health === 'disabled') return null
  const since = state.failingSince === null ? {} : { since: state.failingSince }
  return (
    <Link className="button" to={`/recover?${new URLSearchParams({ endpoints: id, ...since })}`}>
      {t('recover.open')}
    </Link>
  )
}

function State({ appId, endpoint }: PartProps & { readonly appId: string }) {
  const { id, state } = endpoint
  const probe = useProbe(useApplicationClient(appId), id)
  const maySend = useMayAs('support')
  const lines = linesOf(state)
  if (lines.length === 0 && probe.attempt === null) return null
  return (
    <Notice tone={toneOf(state.health)}>
      {lines.map((line, index) => (
        <p key={index}>{line}</p>
      ))}
      <ProbeNow
        probe={probe}
        isOffered={maySend && isHolding(state)}
        see={(messageId, text) => <Link to={`/messages/${appId}/${messageId}`}>{text}</Link>}
      />
    </Notice>
  )
}

function toneOf(health: EndpointOut['state']['health']) {
  if (health === 'healthy' || health === 'new') return 'good'
  return health === 'rate_limited' ? 'warn' : 'bad'
}

/** What waits does so for a probe. */
function isHolding({ breakerOpenedAt, heldUntil, waiting }: EndpointOut['state']): boolean {
  return breakerOpenedAt !== null && heldUntil === null && waiting > 0
}

function linesOf(state: EndpointOut['state']): ReactNode[] {
  const lines = [
    state.disabledAt !== null && (
      <>
        {t('endpoints.disabledBy', { by: disablerText(state.disabledBy) })}{' '}
        <Time at={state.disabledAt} />
      </>
    ),
    state.failingSince !== null && (
      <>
        {t('endpoints.failingSince')} <FullTime at={state.failingSince} />
      </>
    ),
    state.heldUntil !== null && (
      <>
        {t('endpoints.heldUntil')} <FullTime at={state.heldUntil} />
      </>
    ),
    isHolding(state) && <Probed nextAt={state.nextProbeAt} />,
    state.waiting > 0 &&
      t('endpoints.waiting', { n: cappedCount(state.waiting, state.waitingCapped) }),
  ]
  return lines.filter((line) => line !== false)
}

function Probed({ nextAt }: { readonly nextAt: string | null }) {
  return (
    <>
      {t('endpoints.probed')}{' '}
      {nextAt !== null && (
        <>
          {t('endpoints.probed.next')} <Time at={nextAt} />
        </>
      )}
    </>
  )
}

function Links({ appId, url }: { readonly appId: string; readonly url: string }) {
  const host = URL.parse(url)?.hostname ?? ''
  const to = (more: Readonly<Record<string, string>>) =>
    `/messages?${new URLSearchParams({ app: appId, host, ...more })}`
  return (
    <p className="row">
      <Link to={to({})}>{t('endpoints.messages')}</Link>
      <Link to={to({ status: 'failed' })}>{t('endpoints.failed')}</Link>
    </p>
  )
}

function Facts({ endpoint }: PartProps) {
  return (
    <section className="card">
      <dl className="facts">
        <Fact name={t('webhooks.url')}>
          <Copyable what={t('webhooks.url')} text={endpoint.url} />
        </Fact>
        <Fact name={t('endpoints.id')}>
          <Copyable what={t('endpoints.id')} text={endpoint.id} />
        </Fact>
        <Fact name={t('endpoints.types')}>{listed(endpoint.eventTypes)}</Fact>
        <Fact name={t('endpoints.channels')}>{listed(endpoint.channels)}</Fact>
        <Fact name={t('applications.rate')}>
          {endpoint.throttleRate == null
            ? '–'
            : t('applications.rate.perSecond', { n: endpoint.throttleRate })}
        </Fact>
        <Fact name={t('applications.created')}>
          <TimeAndUtc at={endpoint.createdAt} />
        </Fact>
      </dl>
    </section>
  )
}

function Fact({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </>
  )
}

function listed(names: readonly string[] | null | undefined): string {
  return names == null || names.length === 0 ? t('endpoints.all') : names.join(', ')
}
