import type { MessageAttemptOut } from '@posthorn/contracts'
import { useQuery } from '@tanstack/react-query'
import { useClient } from '../../../lib/client.tsx'

export interface Failures {
  /** How many of the newest attempts were looked at. */
  readonly attempts: number
  /** How many of them came to the same as most that failed. */
  readonly alike: number
  /** The newest of these; null: none failed. */
  readonly newest: MessageAttemptOut | null
}

const LOOKED_AT = 100
const AGAIN_MS = 15_000

/** What the newest attempts of an endpoint failed for most. */
export function useFailures(endpointId: string) {
  const client = useClient()
  return useQuery({
    queryKey: ['endpoint', endpointId, 'failures'],
    queryFn: ({ signal }) =>
      client.attempts.listByEndpoint(
        endpointId,
        { limit: LOOKED_AT, with_content: false },
        { signal },
      ),
    select: ({ data }) => mostCommon(data),
    refetchInterval: AGAIN_MS,
  })
}

const DELIVERED = 0

function mostCommon(attempts: readonly MessageAttemptOut[]): Failures {
  const failed = attempts.filter(({ status }) => status !== DELIVERED)
  const byCode = [...Map.groupBy(failed, ({ outcome }) => outcome.code).values()]
  const [most = []] = byCode.toSorted((one, other) => other.length - one.length)
  return { attempts: attempts.length, alike: most.length, newest: most[0] ?? null }
}
