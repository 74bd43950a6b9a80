import { useQuery } from '@tanstack/react-query'
import { useClient } from './client.tsx'

/** The application whose portal this is, as it is asked for once a minute. */
export function useApplication() {
  const client = useClient()
  return useQuery({
    queryKey: ['application'],
    queryFn: ({ signal }) => client.application({ signal }),
    refetchInterval: 60_000,
  })
}
