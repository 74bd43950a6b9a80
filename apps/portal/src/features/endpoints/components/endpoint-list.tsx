import type { EndpointOut } from '@posthorn/contracts'
import { Empty, HealthBadge, ListKeys, Time, useRowsInView, VisibleText } from '@posthorn/ui'
import { More, Newer } from '../../../components/attempt-list.tsx'
import { QueryView } from '../../../components/query-view.tsx'
import { useMay } from '../../../lib/client.tsx'
import { LIST_GO } from '../../../lib/list-go.ts'
import { Link } from '../../../lib/router.tsx'
import { t } from '../../../lib/text.ts'
import { useEndpoints } from '../api/endpoint-queries.ts'
import { EndpointFilters, NothingFound, useEndpointFilter } from './endpoint-filters.tsx'

export function EndpointListPage() {
  const filter = useEndpointFilter()
  const query = useEndpoints({ search: filter.search, health: filter.health })
  const mayManage = useMay('ManageEndpoint')
  const isEmpty = query.data?.length === 0 && !query.hasNextPage && !filter.isActive
  return (
    <div className="stack">
      <div className="row row-between">
        <h1>{t('endpoints.title')}</h1>
        {mayManage && !isEmpty && <AddEndpoint />}
      </div>
      {!isEmpty && <EndpointFilters filter={filter} />}
      <Newer query={query} label={t('endpoints.previous')} />
      <div className="card card-flush">
        <QueryView query={query}>
          {(endpoints) => {
            if (isEmpty) return <FirstUse />
            if (endpoints.length === 0) return <NothingFound filter={filter} />
            return <EndpointTable endpoints={endpoints} />
          }}
        </QueryView>
      </div>
      <More query={query} label={t('endpoints.more')} />
    </div>
  )
}

function AddEndpoint() {
  return (
    <Link className="button" data-kind="primary" to="/endpoints/new">
      {t('endpoints.add')}
    </Link>
  )
}

function FirstUse() {
  const mayManage = useMay('ManageEndpoint')
  return (
    <Empty title={t('endpoints.empty.title')}>
      <p>{t(mayManage ? 'endpoints.empty.text' : 'endpoints.empty.readOnly')}</p>
      {mayManage && <AddEndpoint />}
      <Link to="/event-types">{t('endpoints.empty.catalog')}</Link>
    </Empty>
  )
}

function EndpointTable({ endpoints }: { readonly endpoints: readonly EndpointOut[] }) {
  const rows = useRowsInView(endpoints)
  return (
    <ListKeys go={LIST_GO}>
      <table className="table">
        <thead>
          <tr>
            <th scope="col">{t('endpoints.column.endpoint')}</th>
            <th scope="col">{t('endpoints.column.health')}</th>
            <th scope="col">{t('endpoints.column.eventTypes')}</th>
            <th scope="col">{t('endpoints.column.waiting')}</th>
            <th scope="col">{t('endpoints.column.created')}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((endpoint) => (
            <EndpointRow key={endpoint.id} endpoint={endpoint} />
          ))}
        </tbody>
      </table>
    </ListKeys>
  )
}

function EndpointRow({ endpoint }: { readonly endpoint: EndpointOut }) {
  const { eventTypes, state } = endpoint
  return (
    <tr>
      <td>
        <Link className="strong-link" to={`/endpoints/${endpoint.id}`}>
          <VisibleText text={endpoint.url} />
        </Link>
        {endpoint.description !== '' && (
          <div className="soft small">
            <VisibleText text={endpoint.description} />
          </div>
        )}
      </td>
      <td>
        <HealthBadge health={state.health} />
        {state.failingSince !== null && !endpoint.disabled && (
          <div className="small soft">
            {t('health.since')} <Time at={state.failingSince} />
          </div>
        )}
      </td>
      <td data-label={t('endpoints.column.eventTypes')}>
        {eventTypes == null ? t('filter.all') : t('filter.some', { n: eventTypes.length })}
      </td>
      <td className={state.waiting === 0 ? 'cell-none' : ''}>
        {state.waiting === 0 ? '–' : t('endpoints.waiting', { n: waitingText(endpoint) })}
      </td>
      <td data-label={t('endpoints.column.created')}>
        <Time at={endpoint.createdAt} />
      </td>
    </tr>
  )
}

function waitingText({ state }: EndpointOut): string {
  return `${state.waiting}${state.waitingCapped ? '+' : ''}`
}
