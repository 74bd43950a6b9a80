import type { EndpointOut } from '@posthorn/contracts'
import { cappedText, Empty, HealthBadge, ListTable, VisibleText } from '@posthorn/ui'
import { MoreButton } from '../../../components/more-button.tsx'
import { QueryView } from '../../../components/query-view.tsx'
import { Time } from '../../../components/time.tsx'
import { Link } from '../../../lib/router.tsx'
import { t } from '../../../lib/text.ts'
import { usePages } from '../../../lib/use-pages.ts'

const PAGE = 50

/** Where this customer has their messages sent, and how each place is. */
export function ApplicationEndpoints({ appId }: { readonly appId: string }) {
  const query = usePages<EndpointOut>(`/app/${appId}/endpoint`, {
    limit: PAGE,
    sort: 'worst',
  })
  return (
    <section className="stack stack-small" aria-labelledby="endpoints">
      <h2 id="endpoints">{t('applications.endpoints')}</h2>
      <QueryView query={query}>
        {(endpoints) => (
          <div className="card card-flush">
            {endpoints.length === 0 ? (
              <Empty title={t('applications.endpoints.empty')} />
            ) : (
              <EndpointTable endpoints={endpoints} appId={appId} />
            )}
          </div>
        )}
      </QueryView>
      <MoreButton query={query} />
    </section>
  )
}

interface EndpointTableProps {
  readonly endpoints: readonly EndpointOut[]
  readonly appId: string
}

function EndpointTable({ endpoints, appId }: EndpointTableProps) {
  return (
    <ListTable>
      <thead>
        <tr>
          <th scope="col">{t('messages.endpoint')}</th>
          <th scope="col">{t('applications.health')}</th>
          <th scope="col">{t('applications.waiting')}</th>
        </tr>
      </thead>
      <tbody>
        {endpoints.map(({ id, url, description, state }) => (
          <tr key={id}>
            <td>
              <Link className="strong-link" to={`/endpoints/${appId}/${id}`}>
                <VisibleText text={url} />
              </Link>
              <div className="mono soft small">{id}</div>
              {description !== '' && (
                <div className="small soft">
                  <VisibleText text={description} />
                </div>
              )}
            </td>
            <td>
              <HealthBadge health={state.health} />
              {state.failingSince !== null && (
                <div className="small soft">
                  <Time at={state.failingSince} />
                </div>
              )}
            </td>
            <td>{cappedText(state.waiting, state.waitingCapped)}</td>
          </tr>
        ))}
      </tbody>
    </ListTable>
  )
}
