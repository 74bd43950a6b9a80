import { useQuery } from '@tanstack/react-query'
import { useClient } from '../../../lib/client.tsx'

const LOOKED_AT = 50
const ACTION = 'endpoint.update_headers'

/** When each header was set last, by its name in lower case, as far as the newest changes tell. */
export function useHeadersSetAt(endpointId: string, isOn: boolean): ReadonlyMap<string, string> {
  const client = useClient()
  const query = useQuery({
    queryKey: ['endpoint', endpointId, 'headers', 'set-at'],
    queryFn: ({ signal }) => client.endpoints.history(endpointId, { limit: LOOKED_AT }, { signal }),
    enabled: isOn,
  })
  const setAt = new Map<string, string>()
  for (const { action, changes, timestamp } of query.data?.data ?? []) {
    if (action !== ACTION) continue
    for (const name of Object.keys(changes).map((given) => given.toLowerCase()))
      if (!setAt.has(name)) setAt.set(name, timestamp)
  }
  return setAt
}
