import type { AuditRecordOut } from '@posthorn/contracts'
import { Button, Empty, Field } from '@posthorn/ui'
import { MoreButton } from '../../../components/more-button.tsx'
import { QueryView } from '../../../components/query-view.tsx'
import { ScreenHeader } from '../../../components/screen-header.tsx'
import { navigate, useSearchValue } from '../../../lib/router.tsx'
import { t } from '../../../lib/text.ts'
import { usePages } from '../../../lib/use-pages.ts'
import { AuditTable } from './audit-table.tsx'
import { ExportButton } from './export-button.tsx'

const FILTERS = ['actor', 'action', 'target'] as const

export function AuditScreen() {
  const [actor] = useSearchValue('actor')
  const [action] = useSearchValue('action')
  const [target] = useSearchValue('target')
  const [day] = useSearchValue('day')
  const filters = { actor, action, target, ...daySpan(day) }
  const query = usePages<AuditRecordOut>('/audit', filters)
  const isFiltered = [actor, action, target, day].some((value) => value !== '')
  return (
    <div className="stack">
      <ScreenHeader title={t('audit.title')}>
        <ExportButton filters={filters} />
      </ScreenHeader>
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
