import type { EndpointFilterPreviewOut } from '@posthorn/contracts'
import { useSettled } from '@posthorn/ui'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useClient } from '../../../lib/client.tsx'

export interface PreviewedFilter {
  readonly eventTypes: readonly string[] | null
  readonly channels: readonly string[] | null
}

const REST_MS = 400
const KEPT_MS = 30_000

/** What a filter would have let through, once nothing changes any more; undefined while it isn't known, or the filter can't be one. */
export function useFilterPreview(filter: PreviewedFilter): EndpointFilterPreviewOut | undefined {
  const client = useClient()
  const asked = JSON.stringify(filter)
  const rested = useSettled(asked, REST_MS)
  const query = useQuery({
    queryKey: ['filter-preview', rested],
    queryFn: ({ signal }) => client.endpoints.previewFilter(filter, { signal }),
    enabled: rested === asked,
    placeholderData: keepPreviousData,
    staleTime: KEPT_MS,
    retry: false,
  })
  return query.isError || rested !== asked || query.isPlaceholderData ? undefined : query.data
}
