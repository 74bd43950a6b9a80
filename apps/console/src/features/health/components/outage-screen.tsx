import type { BoardEndpointOut, OutageEndpointList } from '@posthorn/contracts'
import { Badge, Button, Empty, Notice, VisibleText } from '@posthorn/ui'
import { useState } from 'react'
import { QueryView } from '../../../components/query-view.tsx'
import { Time } from '../../../components/time.tsx'
import { causeName } from '../../../lib/cause-name.ts'
import { formatCount } from '../../../lib/format-figure.ts'
import { Link, usePlace } from '../../../lib/router.tsx'
import { useMayAs } from '../../../lib/session.tsx'
import { t } from '../../../lib/text.ts'
import { useOutageEndpoints } from '../api/health-queries.ts'
import { recoverLink } from '../recover-link.ts'
import { AsOfAnswer } from './as-of.tsx'
import { outageColumns } from './board-kinds.tsx'
import { EnableDialog, type Enabling } from './enable-dialog.tsx'
import { PickedBar } from './picked-bar.tsx'
import { TroubleTable } from './trouble-table.tsx'
import { type Picking, usePicking } from './use-picking.ts'

/** A host, or one cause at it: who is behind it, and what can be done for all of them. */
export function OutageScreen({ host }: { readonly host: string }) {
  const query = useOutageEndpoints(host)
  const cause = usePlace().search.get('cause')
  const picking = usePicking()
  // Kept here: what was enabled leaves the list, and it may have been all of it.
  const [enabling, setEnabling] = useState<Enabling | null>(null)
  return (
    <div className="stack">
      <p>
        <Link to="/outages">{t('outages.title')}</Link>
      </p>
      <div className="row row-between">
        <h1>
          {cause !== null && `${causeName(cause)}: `}
          <VisibleText text={host} />
        </h1>
        <AsOfAnswer query={query} />
      </div>
      <QueryView query={query}>
        {(list) =>
          list.data.length === 0 ? (
            <Ended host={host} />
          ) : (
            <Outage {...{ host, list, cause, picking }} onEnable={setEnabling} />
          )
        }
      </QueryView>
      <PickedBar picking={picking} />
      {enabling !== null && <EnableDialog {...enabling} onClose={() => setEnabling(null)} />}
    </div>
  )
}

/** Mended meanwhile: what failed before is still to be recovered. */
function Ended({ host }: { readonly host: string }) {
  const mayHeal = useMayAs('support')
  return (
    <div className="card">
      <Empty title={t('outage.over')}>
        <p>{t('outage.over.text')}</p>
        {mayHeal && (
          <Link className="button" to={recoverLink({ host }, null)}>
            {t('recover.open')}
          </Link>
        )}
      </Empty>
    </div>
  )
}

interface OutageProps {
  readonly host: string
  readonly list: OutageEndpointList
  readonly cause: string | null
  readonly picking: Picking
  readonly onEnable: (enabling: Enabling) => void
}

function Outage({ host, list, cause, picking, onEnable }: OutageProps) {
  const mayHeal = useMayAs('support')
  const isMeant = ({ lastAttempt }: BoardEndpointOut) =>
    cause === null || (lastAttempt?.code ?? null) === cause
  const endpoints = list.data.filter(isMeant)
  return (
    <>
      <Summary {...{ host, endpoints, onEnable }} />
      {endpoints.length < list.data.length && (
        <p>
          {t('outage.other', { n: formatCount(list.data.length - endpoints.length) })}{' '}
          <Link to={`/outages/${encodeURIComponent(host)}`}>{t('outage.all')}</Link>
        </p>
      )}
      {!list.done && (
        <Notice tone="warn">
          <p>{t('outage.part', { n: formatCount(list.data.length) })}</p>
        </Notice>
      )}
      <section className="card card-flush">
        <TroubleTable
          label={t('outage.endpoints')}
          endpoints={endpoints}
          columns={[{ title: t('outage.state'), cell: stateOf }, ...outageColumns()]}
          picking={mayHeal ? picking : null}
        />
      </section>
    </>
  )
}

function stateOf({ disabledAt, disablesAt, health }: BoardEndpointOut) {
  if (disabledAt !== null)
    return (
      <>
        <Badge tone="bad">{t('outage.disabled')}</Badge>
        <div className="small soft">
          <Time at={disabledAt} />
        </div>
      </>
    )
  if (health === 'disabled_soon' && disablesAt !== null)
    return (
      <>
        <Badge tone="warn">{t('outage.soon')}</Badge>
        <div className="small soft">
          <Time at={disablesAt} />
        </div>
      </>
    )
  return <Badge tone="bad">{t('outage.failing')}</Badge>
}

interface SummaryProps extends Pick<OutageProps, 'host' | 'onEnable'> {
  readonly endpoints: readonly BoardEndpointOut[]
}

function Summary({ host, endpoints, onEnable }: SummaryProps) {
  const mayHeal = useMayAs('support')
  const disabled = endpoints.filter(({ disabledAt }) => disabledAt !== null)
  const customers = new Set(endpoints.map(({ appId }) => appId)).size
  const since = endpoints.flatMap(({ failingSince }) => failingSince ?? []).toSorted()[0] ?? null
  const recover = recoverLink({ host }, since)
  const endpointIds = disabled.map(({ endpointId }) => endpointId)
  return (
    <section className="card row row-between">
      <p>
        <strong>
          {t('outage.summary', {
            endpoints: formatCount(endpoints.length),
            customers: formatCount(customers),
          })}
        </strong>{' '}
        {since !== null && (
          <>
            {t('outage.since')} <Time at={since} />
          </>
        )}
      </p>
      {mayHeal && (
        <div className="row">
          {disabled.length > 0 && (
            <Button onClick={() => onEnable({ endpointIds, recover })}>
              {t('enable.action', { n: formatCount(disabled.length) })}
            </Button>
          )}
          <Link className="button" data-kind="primary" to={recover}>
            {t('recover.open')}
          </Link>
        </div>
      )}
    </section>
  )
}
