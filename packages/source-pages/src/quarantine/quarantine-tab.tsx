import type { QuarantinedRequestOut, SourceOut } from '@posthorn/contracts/ingest'
import { Badge, Empty, formatNumber, ListTable, MoreButton, Time, VisibleText } from '@posthorn/ui'
import { useQuarantined } from '../api/source-queries.ts'
import { Reason } from '../parts/outcome.tsx'
import { useHost } from '../source-host.tsx'
import { t } from '../text.ts'
import { ReleaseAll } from './release-all.tsx'

/** What failed verification, kept until it can be judged by the right secret. */
export function QuarantineTab({ source }: { readonly source: SourceOut }) {
  const { id: sourceId, options } = source
  const { quarantineDays: days, quarantineRequests: n } = options
  const { QueryView, may } = useHost()
  const query = useQuarantined(sourceId)
  return (
    <section className="stack stack-small" aria-label={t('tab.quarantine')}>
      <p className="soft">
        {n === 0 ? t('quarantine.off') : t('quarantine.text', { days, n: formatNumber(n) })}
      </p>
      <QueryView query={query}>
        {(requests) => {
          const waiting = requests.filter(({ releasedAt }) => releasedAt === null)
          return (
            <>
              {may.release && <ReleaseAll sourceId={sourceId} waiting={waiting} />}
              <div className="card card-flush">
                {requests.length === 0 ? (
                  <Empty title={t('quarantine.empty')}>
                    <p>{t('quarantine.empty.text')}</p>
                  </Empty>
                ) : (
                  <QuarantineTable sourceId={sourceId} requests={requests} />
                )}
              </div>
            </>
          )
        }}
      </QueryView>
      <MoreButton query={query} label={t('list.more')} />
    </section>
  )
}

interface TableProps {
  readonly sourceId: string
  readonly requests: readonly QuarantinedRequestOut[]
}

function QuarantineTable({ sourceId, requests }: TableProps) {
  const { Link } = useHost()
  return (
    <ListTable>
      <thead>
        <tr>
          <th scope="col">{t('quarantine.column.reason')}</th>
          <th scope="col">{t('log.column.request')}</th>
          <th scope="col">{t('log.column.from')}</th>
          <th scope="col">{t('log.column.at')}</th>
        </tr>
      </thead>
      <tbody>
        {requests.map((request) => (
          <tr key={request.id}>
            <td>
              <Reason reason={request.reason} detail={request.detail} />
              {request.releasedAt !== null && <Badge tone="good">{t('quarantine.released')}</Badge>}
            </td>
            <td>
              <Link className="strong-link" to={`/sources/${sourceId}/requests/${request.id}`}>
                <span className="mono">
                  {request.method} <VisibleText text={request.path} />
                </span>
              </Link>
            </td>
            <td className="mono">{request.address}</td>
            <td>
              <Time at={request.receivedAt} />
            </td>
          </tr>
        ))}
      </tbody>
    </ListTable>
  )
}
