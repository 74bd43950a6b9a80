import { Button, Empty, LiveList, type useLiveList } from '@posthorn/ui'
import type { ReactNode } from 'react'
import { useMay } from '../lib/client.tsx'
import { Link } from '../lib/router.tsx'
import { t } from '../lib/text.ts'
import type { OnReplayed } from '../lib/use-replay.ts'
import { type Selection, useSelection } from '../lib/use-selection.ts'
import { FilteredEmpty } from './filtered-empty.tsx'
import { ListFilters, type ListFiltersProps, type ListFiltersState } from './list-filters.tsx'
import { LogSection } from './log-section.tsx'
import type { LogRow } from './log-table.tsx'
import { More } from './more.tsx'
import { QueryView } from './query-view.tsx'
import { SelectedRows } from './selected-rows.tsx'

// What is still being retried is left alone by a bulk replay.
const RETRYING = '3'

export interface LogListProps<T extends LogRow> extends ListFiltersProps {
  readonly live: ReturnType<typeof useLiveList<T>>
  readonly endpointId: string
  /** Above the filters. */
  readonly head: ReactNode
  /** Shown once the list is there: before, the list would push it down. */
  readonly below: ReactNode
  /** Where nothing was sent yet. */
  readonly emptyText: string
  /** The selection only where there is something to be done with it. */
  readonly renderTable: (selection: Selection | undefined) => ReactNode
  /** Of all that the filters let through. */
  readonly onReplayFiltered: () => void
  readonly onReplayed?: OnReplayed | undefined
}

/** The log of an endpoint as it grows: filtered, its rows to be sent again one by one, some, or all that match. */
export function LogList<T extends LogRow>(props: LogListProps<T>) {
  const { live, endpointId, head, below, emptyText, renderTable, ...actions } = props
  const { onReplayFiltered, onReplayed, ...rest } = actions
  const { filters } = rest
  const selection = useSelection(live.items.map(({ id }) => id))
  const mayAttempt = useMay('CreateAttempts')
  return (
    <LogSection {...{ live, below }}>
      {head}
      <ListFilters {...rest} />
      {mayAttempt && canReplayAll(filters) && (
        <div>
          <Button onClick={onReplayFiltered}>{t('attempts.replayAll')}</Button>
        </div>
      )}
      {mayAttempt && live.items.length > 0 && (
        <SelectedRows rows={live.items} {...{ selection, onReplayed }} />
      )}
      <LiveList live={live}>
        <div className="card card-flush">
          <QueryView query={live.query}>
            {() => {
              if (live.items.length > 0) return renderTable(mayAttempt ? selection : undefined)
              if (filters.isActive) return <FilteredEmpty filters={filters} />
              return (
                <Empty title={t('attempts.empty.title')}>
                  <p>{emptyText}</p>
                  {mayAttempt && (
                    <Link className="button" to={`/endpoints/${endpointId}?tab=testing`}>
                      {t('log.sendTest')}
                    </Link>
                  )}
                </Empty>
              )
            }}
          </QueryView>
        </div>
      </LiveList>
      <More query={live.query} />
    </LogSection>
  )
}

/** What is replayed is chosen by message: neither code nor cause tells of it. */
function canReplayAll({ isActive, values }: ListFiltersState): boolean {
  return isActive && values.code === '' && values.cause === '' && values.status !== RETRYING
}
