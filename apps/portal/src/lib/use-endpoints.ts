import type { EndpointOut } from '@posthorn/contracts'
import { useQuery } from '@tanstack/react-query'
import { useClient } from './client.tsx'

const LOOKED_AT = 250

export interface LookedAtEndpoints {
  readonly endpoints: readonly EndpointOut[]
  /** There are more than were looked at. */
  readonly isPart: boolean
}

/** As many endpoints as one answer has, to choose among; `isAsked` false: not read. */
export function useEndpoints(isAsked = true) {
  const client = useClient()
  return useQuery({
    queryKey: ['endpoints', 'to-choose'],
    queryFn: ({ signal }) => client.endpoints.list({ limit: LOOKED_AT }, { signal }),
    select: ({ data, done }): LookedAtEndpoints => ({ endpoints: data, isPart: !done }),
    enabled: isAsked,
  })
}
