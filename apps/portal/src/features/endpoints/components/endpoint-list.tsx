import type { EndpointOut } from '@posthorn/contracts'
import { Button, Empty, HealthBadge, Time, VisibleText } from '@posthorn/ui'
import { QueryView } from '../../../components/query-view.tsx'
import { useMay } from '../../../lib/client.tsx'
import { Link } from '../../../lib/router.tsx'
import { t } from '../../../lib/text.ts'
import { useEndpoints } from '../api/endpoint-queries.ts'

export function EndpointListPage() {
  const query = useEndpoints()
  const mayManage = useMay('ManageEndpoint')
  const isEmpty = query.data?.length === 0
  return (
    <div className="stack">
      <div className="row row-between">
        <h1>{t('endpoints.title')}</h1>
        {mayManage && !isEmpty && <AddEndpoint />}
      </div>
      <div className="card card-flush">
        <QueryView query={query}>
          {(endpoints) =>
            endpoints.length === 0 ? <FirstUse /> : <EndpointTable endpoints={endpoints} />
          }
        </QueryView>
      </div>
      {query.hasNextPage && (
        <Button disabled={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
          {t('list.more')}
        </Button>
      )}
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
  return (
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
        {endpoints.map((endpoint) => (
          <EndpointRow key={endpoint.id} endpoint={endpoint} />
        ))}
      </tbody>
    </table>
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
      <td>{eventTypes == null ? t('filter.all') : t('filter.some', { n: eventTypes.length })}</td>
      <td>{state.waiting === 0 ? '–' : t('endpoints.waiting', { n: waitingText(endpoint) })}</td>
      <td>
        <Time at={endpoint.createdAt} />
      </td>
    </tr>
  )
}

function waitingText({ state }: EndpointOut): string {
  return `${state.waiting}${state.waitingCapped ? '+' : ''}`
}
