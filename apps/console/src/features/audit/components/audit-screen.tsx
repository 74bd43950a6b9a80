import type { AuditRecordOut } from '@posthorn/contracts'
import { Button, Empty, Field, VisibleText } from '@posthorn/ui'
import { MoreButton } from '../../../components/more-button.tsx'
import { QueryView } from '../../../components/query-view.tsx'
import { ScreenHeader } from '../../../components/screen-header.tsx'
import { FullTime } from '../../../components/time.tsx'
import { navigate, useSearchValue } from '../../../lib/router.tsx'
import { t } from '../../../lib/text.ts'
import { usePages } from '../../../lib/use-pages.ts'

const FILTERS = ['actor', 'action', 'target'] as const

export function AuditScreen() {
  const [actor] = useSearchValue('actor')
  const [action] = useSearchValue('action')
  const [target] = useSearchValue('target')
  const [day] = useSearchValue('day')
  const query = usePages<AuditRecordOut>('/audit', { actor, action, target, ...daySpan(day) })
  const isFiltered = [actor, action, target, day].some((value) => value !== '')
  return (
    <div className="stack">
      <ScreenHeader title={t('audit.title')} />
      <Filters />
      <QueryView query={query}>
        {(records) =>
          records.length === 0 ? (
            <NoRecords isFiltered={isFiltered} isDone={!query.hasNextPage} />
          ) : (
            <div className="card card-flush">
              <AuditTable records={records} />
            </div>
          )
        }
      </QueryView>
      <MoreButton query={query} />
    </div>
  )
}

function daySpan(day: string): { after?: string; before?: string } {
  const from = new Date(`${day}T00:00:00`)
  if (day === '' || Number.isNaN(from.getTime())) return {}
  const to = new Date(from)
  to.setDate(to.getDate() + 1)
  return { after: from.toISOString(), before: to.toISOString() }
}

function Filters() {
  const [day, setDay] = useSearchValue('day')
  return (
    <div className="row filters">
      {FILTERS.map((name) => (
        <Filter key={name} name={name} />
      ))}
      <Field label={t('audit.day')}>
        {(control) => (
          <input
            className="input"
            type="date"
            value={day}
            onChange={({ target }) => setDay(target.value)}
            {...control}
          />
        )}
      </Field>
    </div>
  )
}

function Filter({ name }: { readonly name: (typeof FILTERS)[number] }) {
  const [value, setValue] = useSearchValue(name)
  return (
    <Field label={t(`audit.${name}`)}>
      {(control) => (
        <input
          className="input"
          key={value}
          defaultValue={value}
          placeholder={t(`audit.${name}.example`)}
          onBlur={({ target }) => setValue(target.value.trim())}
          onKeyDown={({ key, currentTarget }) => {
            if (key === 'Enter') setValue(currentTarget.value.trim())
          }}
          {...control}
        />
      )}
    </Field>
  )
}

interface NoRecordsProps {
  readonly isFiltered: boolean
  readonly isDone: boolean
}

function NoRecords({ isFiltered, isDone }: NoRecordsProps) {
  const title = isFiltered
    ? t(isDone ? 'audit.emptyFiltered' : 'audit.emptySoFar')
    : t('audit.empty')
  return (
    <div className="card">
      <Empty title={title}>
        {isFiltered && (
          <Button onClick={() => navigate('/audit', { replace: true })}>{t('list.clear')}</Button>
        )}
      </Empty>
    </div>
  )
}

function AuditTable({ records }: { readonly records: readonly AuditRecordOut[] }) {
  return (
    <table className="table">
      <thead>
        <tr>
          <th>{t('audit.time')}</th>
          <th>{t('audit.actor')}</th>
          <th>{t('audit.action')}</th>
          <th>{t('audit.target')}</th>
          <th>{t('audit.changes')}</th>
        </tr>
      </thead>
      <tbody>
        {records.map((record) => (
          <tr key={record.id}>
            <td className="small cell-whole">
              <FullTime at={record.timestamp} />
            </td>
            <td>
              {record.actorName !== null && <VisibleText text={record.actorName} />}
              <div className="mono soft">{record.actor}</div>
            </td>
            <td className="mono cell-whole">{record.action}</td>
            <td className="mono">
              <VisibleText text={record.target} />
            </td>
            <td>
              <Changes changes={record.changes} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function Changes({ changes }: Pick<AuditRecordOut, 'changes'>) {
  if (changes === null) return null
  return (
    <ul className="changes small">
      {Object.entries(changes).map(([field, { from, to }]) => (
        <li key={field}>
          {field}: <ChangedValue value={from} /> → <ChangedValue value={to} />
        </li>
      ))}
    </ul>
  )
}

const MAX_SHOWN = 200

function ChangedValue({ value }: { readonly value: unknown }) {
  const text = typeof value === 'string' ? value : JSON.stringify(value)
  return <VisibleText text={text === 'null' ? '–' : text.slice(0, MAX_SHOWN)} />
}
