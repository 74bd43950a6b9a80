import type { EndpointHistoryOut } from '@posthorn/contracts'
import { Empty, Time, VisibleText } from '@posthorn/ui'
import { More, Newer } from '../../../components/more.tsx'
import { QueryView } from '../../../components/query-view.tsx'
import { hasText, t } from '../../../lib/text.ts'
import { useEndpointHistory } from '../api/use-endpoint-history.ts'

/** Who changed what of an endpoint, newest first. */
export function HistoryTab({ endpointId }: { readonly endpointId: string }) {
  const query = useEndpointHistory(endpointId)
  return (
    <section className="stack" aria-label={t('endpoint.tab.history')}>
      <h2>{t('endpoint.tab.history')}</h2>
      <Newer query={query} />
      <div className="card card-flush">
        <QueryView query={query}>
          {(entries) =>
            entries.length === 0 ? (
              <Empty title={t('history.empty.title')}>
                <p>{t('history.empty.text')}</p>
              </Empty>
            ) : (
              <HistoryTable entries={entries} />
            )
          }
        </QueryView>
      </div>
      <More query={query} />
    </section>
  )
}

function HistoryTable({ entries }: { readonly entries: readonly EndpointHistoryOut[] }) {
  return (
    <table className="table">
      <thead>
        <tr>
          <th scope="col">{t('history.column.what')}</th>
          <th scope="col">{t('history.column.by')}</th>
          <th scope="col">{t('history.column.at')}</th>
        </tr>
      </thead>
      <tbody>
        {entries.map((entry) => (
          <tr key={entry.id}>
            <td>
              <strong>{actionText(entry.action)}</strong>
              <Changes changes={entry.changes} />
            </td>
            <td>{t(`history.by.${entry.by}`)}</td>
            <td>
              <Time at={entry.timestamp} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function actionText(action: string): string {
  const key = `history.action.${action}`
  return hasText(key) ? t(key) : action
}

function Changes({ changes }: Pick<EndpointHistoryOut, 'changes'>) {
  const fields = Object.entries(changes).filter(
    ([, { from, to }]) => !isNothing(from) || !isNothing(to),
  )
  if (fields.length === 0) return null
  return (
    <ul className="plain-list small">
      {fields.map(([field, { from, to }]) => (
        <li key={field}>
          <VisibleText text={fieldText(field)} />:{' '}
          {!isNothing(from) && (
            <>
              <Value value={from} /> →{' '}
            </>
          )}
          <Value value={to} />
        </li>
      ))}
    </ul>
  )
}

function fieldText(field: string): string {
  const key = [`form.${field}`, `history.field.${field}`].find(hasText)
  return key === undefined ? field : t(key)
}

function Value({ value }: { readonly value: unknown }) {
  if (isNothing(value)) return <span className="soft">{t('history.none')}</span>
  if (value === '[withheld]') return <span className="soft">{t('history.withheld')}</span>
  const text = typeof value === 'string' ? value : JSON.stringify(value)
  return (
    <span className="mono">
      <VisibleText text={text} />
    </span>
  )
}

function isNothing(value: unknown): boolean {
  if (value === null || value === undefined || value === '') return true
  return typeof value === 'object' && Object.keys(value).length === 0
}
