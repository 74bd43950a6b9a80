import { openEnd, useLiveList } from '@posthorn/ui'
import { AttemptTable } from '../../../components/attempt-table.tsx'
import { useListFilters } from '../../../components/list-filters.tsx'
import { LogList } from '../../../components/log-list.tsx'
import { useClient } from '../../../lib/client.tsx'
import { t } from '../../../lib/text.ts'
import { CauseFilter } from './cause-filter.tsx'
import type { LogViewProps } from './endpoint-log.tsx'

const STATUSES = ['0', '2'] as const

/** Every request to an endpoint, newest first, as they happen. */
export function EndpointAttempts({ endpointId, onRecoverSince, ...rest }: LogViewProps) {
  const client = useClient()
  const filters = useListFilters()
  const live = useLiveList({
    queryKey: ['attempts', endpointId, filters.values],
    fetchPage: (iterator, signal) => {
      const query = { ...filters.query(), limit: 50, iterator, with_msg: true, with_content: false }
      const asked = { ...query, ...openEnd(query, iterator) }
      return client.attempts.listByEndpoint(endpointId, asked, { signal })
    },
  })
  return (
    <LogList
      {...{ live, endpointId, filters, ...rest }}
      statuses={STATUSES}
      hasCodes
      emptyText={t('attempts.empty.text')}
      renderTable={(selection) => (
        <AttemptTable
          of="endpoint"
          attempts={live.items}
          selection={selection}
          onRecoverSince={({ msg, timestamp }) => onRecoverSince(msg?.timestamp ?? timestamp)}
        />
      )}
    >
      <CauseFilter
        endpointId={endpointId}
        value={filters.values.cause}
        onChange={(cause) => filters.set({ cause })}
      />
    </LogList>
  )
}
