import type { EndpointOut } from '@posthorn/contracts'
import { cappedText, formatNumber } from '@posthorn/ui'
import { useQuery } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import { QueryView } from '../../../components/query-view.tsx'
import { FullTime, Time } from '../../../components/time.tsx'
import { t } from '../../../lib/text.ts'
import { type MessageKey, useApplication } from '../api/use-message.ts'

interface DeliveryDecisionsProps {
  readonly client: MessageKey['client']
  readonly appId: string
  readonly endpointId: string
}

/** What breaker and limits decide about the endpoint as it is now; asked for once somebody wants to know. */
export function DeliveryDecisions(props: DeliveryDecisionsProps) {
  const [isOpen, setOpen] = useState(false)
  return (
    <details className="small" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{t('decisions.title')}</summary>
      {isOpen && <Decisions {...props} />}
    </details>
  )
}

const POLL_MS = 5_000

function Decisions({ client, appId, endpointId }: DeliveryDecisionsProps) {
  const query = useQuery({
    queryKey: ['endpoint', endpointId],
    queryFn: ({ signal }) => client.endpoints.get(endpointId, { signal }),
    refetchInterval: POLL_MS,
  })
  const application = useApplication(appId).data
  return (
    <QueryView query={query}>
      {({ state, throttleRate }) => (
        <dl className="facts">
          <Fact name={t('decisions.breaker')}>
            <Breaker state={state} />
          </Fact>
          <Fact name={t('decisions.failingSince')}>
            {state.failingSince === null ? t('decisions.no') : <FullTime at={state.failingSince} />}
          </Fact>
          <Fact name={t('decisions.heldUntil')}>
            {state.heldUntil === null ? t('decisions.no') : <FullTime at={state.heldUntil} />}
          </Fact>
          <Fact name={t('decisions.limit')}>
            {limitText(throttleRate ?? null, application?.throttleRate ?? null)}
          </Fact>
          <Fact name={t('decisions.waiting')}>
            {cappedText(state.waiting, state.waitingCapped)}
          </Fact>
        </dl>
      )}
    </QueryView>
  )
}

function Breaker({ state: { breakerOpenedAt, nextProbeAt } }: Pick<EndpointOut, 'state'>) {
  if (breakerOpenedAt === null) return <>{t('decisions.breaker.closed')}</>
  return (
    <>
      {t('decisions.breaker.open')} <FullTime at={breakerOpenedAt} />
      {nextProbeAt !== null && (
        <>
          {' · '}
          {t('decisions.breaker.next')} <Time at={nextProbeAt} />
        </>
      )}
    </>
  )
}

function limitText(own: number | null, ofApplication: number | null): string {
  if (own !== null) return t('decisions.limit.own', { n: formatNumber(own) })
  if (ofApplication === null) return t('decisions.limit.none')
  return t('decisions.limit.application', { n: formatNumber(ofApplication) })
}

function Fact({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </>
  )
}
