import type { SourceRequestOut } from '@posthorn/contracts/ingest'
import {
  Button,
  Empty,
  Field,
  ListTable,
  LiveList,
  MoreButton,
  Time,
  useLiveList,
  VisibleText,
} from '@posthorn/ui'
import { fetchRequests } from '../api/source-queries.ts'
import { OutcomeBadge, OUTCOMES, Reason } from '../parts/outcome.tsx'
import { useHost } from '../source-host.tsx'
import { t } from '../text.ts'

/** All that came to a source and what it came to, as it happens; nothing moves under who reads below the top. */
export function RequestLog({ sourceId }: { readonly sourceId: string }) {
  const { transport, QueryView, useSearchValue } = useHost()
  const [outcome, setOutcome] = useSearchValue('outcome')
  const live = useLiveList({
    queryKey: ['source', sourceId, 'requests', outcome],
    fetchPage: (iterator, signal) =>
      fetchRequests(transport, { sourceId, outcome, iterator, signal }),
  })
  const { query } = live
  return (
    <section className="stack stack-small" aria-label={t('tab.requests')}>
      <OutcomeFilter value={outcome} onChange={setOutcome} />
      <LiveList live={live}>
        <div className="card card-flush">
          <QueryView query={query}>
            {() =>
              live.items.length === 0 ? (
                <Nothing isFiltered={outcome !== ''} onClear={() => setOutcome('')} />
              ) : (
                <RequestTable sourceId={sourceId} requests={live.items} />
              )
            }
          </QueryView>
        </div>
      </LiveList>
      <MoreButton query={query} label={t('list.more')} />
    </section>
  )
}

interface FilterProps {
  readonly value: string
  readonly onChange: (value: string) => void
}

function OutcomeFilter({ value, onChange }: FilterProps) {
  return (
    <div className="source-filter">
      <Field label={t('log.filter')}>
        {(control) => (
          <select
            {...control}
            className="input"
            value={value}
            onChange={({ target }) => onChange(target.value)}
          >
            <option value="">{t('log.all')}</option>
            {OUTCOMES.map((outcome) => (
              <option key={outcome} value={outcome}>
                {t(`outcome.${outcome}`)}
              </option>
            ))}
          </select>
        )}
      </Field>
    </div>
  )
}

interface NothingProps {
  readonly isFiltered: boolean
  readonly onClear: () => void
}

function Nothing({ isFiltered, onClear }: NothingProps) {
  if (isFiltered)
    return (
      <Empty title={t('log.filtered')}>
        <Button onClick={onClear}>{t('log.clear')}</Button>
      </Empty>
    )
  return (
    <Empty title={t('log.empty')}>
      <p>{t('log.empty.text')}</p>
    </Empty>
  )
}

interface TableProps {
  readonly sourceId: string
  readonly requests: readonly SourceRequestOut[]
}

function RequestTable({ sourceId, requests }: TableProps) {
  return (
    <ListTable>
      <thead>
        <tr>
          <th scope="col">{t('log.column.outcome')}</th>
          <th scope="col">{t('log.column.request')}</th>
          <th scope="col">{t('log.column.type')}</th>
          <th scope="col">{t('log.column.from')}</th>
          <th scope="col">{t('log.column.at')}</th>
        </tr>
      </thead>
      <tbody>
        {requests.map((request) => (
          <RequestRow key={request.id} sourceId={sourceId} request={request} />
        ))}
      </tbody>
    </ListTable>
  )
}

interface RowProps {
  readonly sourceId: string
  readonly request: SourceRequestOut
}

function RequestRow({ sourceId, request }: RowProps) {
  const { Link, may } = useHost()
  const { id, outcome, reason, detail, method, path, eventType, address, timestamp } = request
  const line = (
    <span className="mono">
      {method} <VisibleText text={path} />
    </span>
  )
  return (
    <tr>
      <td>
        <OutcomeBadge outcome={outcome} />
        <Reason reason={reason} detail={detail} />
      </td>
      <td>
        {may.readContent ? (
          <Link className="strong-link" to={`/sources/${sourceId}/requests/${id}`}>
            {line}
          </Link>
        ) : (
          line
        )}
      </td>
      <td>{eventType === null ? '–' : <VisibleText text={eventType} />}</td>
      <td className="mono">{address}</td>
      <td>
        <Time at={timestamp} />
      </td>
    </tr>
  )
}
