import type { EndpointUrlCheckOut } from '@posthorn/contracts'
import { useSettled } from '@posthorn/ui'
import { useQuery } from '@tanstack/react-query'
import { useClient } from '../../../lib/client.tsx'

const REST_MS = 400
const KEPT_MS = 30_000

/** What the server says of a URL once the typing rests; undefined while it isn't known. */
export function useUrlCheck(
  url: string,
  endpointId: string | null,
): EndpointUrlCheckOut | undefined {
  const client = useClient()
  const rested = useSettled(url, REST_MS)
  const query = useQuery({
    queryKey: ['url-check', rested, endpointId],
    queryFn: ({ signal }) =>
      client.endpoints.checkUrl(
        { url: rested, ...(endpointId === null ? {} : { endpointId }) },
        { signal },
      ),
    enabled: rested !== '' && rested === url,
    staleTime: KEPT_MS,
  })
  return rested === url && rested !== '' ? query.data : undefined
}
