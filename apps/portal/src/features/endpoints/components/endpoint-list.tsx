import type { EndpointWarningsOut } from '@posthorn/contracts'
import { Empty, ListKeys, Skeleton, useRowsInView } from '@posthorn/ui'
import { More, Newer } from '../../../components/more.tsx'
import { QueryView } from '../../../components/query-view.tsx'
import { useMay } from '../../../lib/client.tsx'
import { LIST_GO } from '../../../lib/list-go.ts'
import { PageName } from '../../../lib/page-name.tsx'
import { Link, navigate } from '../../../lib/router.tsx'
import { t } from '../../../lib/text.ts'
import { type ListedEndpoint, useEndpoints, useEndpointWarnings } from '../api/endpoint-queries.ts'
import { EndpointFilters, NothingFound, useEndpointFilter } from './endpoint-filters.tsx'
import { EndpointRow } from './endpoint-row.tsx'
import { EndpointWarnings } from './endpoint-warnings.tsx'

export function EndpointListPage() {
  const filter = useEndpointFilter()
  const { search, health, type } = filter
  const query = useEndpoints({ search, health, event_type: type })
  const warnings = useEndpointWarnings()
  const mayManage = useMay('ManageEndpoint')
  const isEmpty = query.data?.length === 0 && !query.hasNextPage && !filter.isActive
  return (
    <div className="stack">
      <div className="row row-between">
        <h1>
          <PageName of="endpoints" />
        </h1>
        {mayManage && !isEmpty && <AddEndpoint />}
      </div>
      {/* What comes above the list, and so would push it down, is known before there is one. */}
      {warnings.isFetched ? (
        <Listed {...{ filter, query, isEmpty }} warnings={warnings.data} />
      ) : (
        <div className="card card-flush">
          <Skeleton label={t('state.loading')} />
        </div>
      )}
    </div>
  )
}

interface ListedProps {
  readonly filter: ReturnType<typeof useEndpointFilter>
  readonly query: ReturnType<typeof useEndpoints>
  readonly warnings: EndpointWarningsOut | undefined
  /** There is none, however it is looked for. */
  readonly isEmpty: boolean
}

function Listed({ filter, query, warnings, isEmpty }: ListedProps) {
  return (
    <>
      <EndpointWarnings known={warnings} />
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
    </>
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

// The bars of its day, a line of figures below them, and the padding.
const WITH_DAY_PX = 67

function EndpointTable({ endpoints }: { readonly endpoints: readonly ListedEndpoint[] }) {
  const hasDay = endpoints.every(({ day }) => day !== null)
  const rows = useRowsInView(endpoints, hasDay ? { leastRowPx: WITH_DAY_PX } : {})
  const mayManage = useMay('ManageEndpoint')
  return (
    <ListKeys go={LIST_GO} onAdd={mayManage ? () => navigate('/endpoints/new') : undefined}>
      <table className="table">
        <thead>
          <tr>
            <th scope="col">{t('endpoints.column.endpoint')}</th>
            <th scope="col">{t('endpoints.column.health')}</th>
            <th scope="col">{t('endpoints.column.day')}</th>
            <th scope="col">{t('endpoints.column.eventTypes')}</th>
            <th scope="col">{t('endpoints.column.waiting')}</th>
            <th scope="col">{t('endpoints.column.last')}</th>
            <th scope="col">
              <span className="visually-hidden">{t('list.actions')}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map((listed) => (
            <EndpointRow key={listed.endpoint.id} {...listed} />
          ))}
        </tbody>
      </table>
    </ListKeys>
  )
}
