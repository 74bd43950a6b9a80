import { createClient } from '@posthorn/client'
import type { BoardEndpointOut, MessageAttemptOut, ProbeManyOut } from '@posthorn/contracts'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useSession, useTransport } from '../../../lib/session.tsx'

/** One call of the api takes so many. */
const AT_ONCE = 50
const LOOK_MS = 1_000
const LISTS = ['/support/outage', '/support/outage/endpoint', '/support/health-board']

type Probed = ProbeManyOut['data'][number]

export interface ProbeResult {
  readonly endpoint: BoardEndpointOut
  readonly probed: Probed
  /** What came of it; null: not known yet, or none was made. */
  readonly attempt: MessageAttemptOut | null
}

/** Has them probed, and follows what comes of each. */
export function useProbeMany(endpoints: readonly BoardEndpointOut[]) {
  const transport = useTransport()
  const ask = useMutation({
    mutationFn: async () => {
      const ids = endpoints.map(({ endpointId }) => endpointId)
      const parts: Probed[] = []
      for (let from = 0; from < ids.length; from += AT_ONCE) {
        const body = { endpointIds: ids.slice(from, from + AT_ONCE) }
        const request = { method: 'POST', path: '/support/probe', body } as const
        parts.push(...(await transport.json<ProbeManyOut>(request)).data)
      }
      return parts
    },
  })
  const probed = ask.data ?? []
  const attempts = useOutcomes(probed)
  const results = endpoints.flatMap((endpoint): ProbeResult[] => {
    const one = probed.find(({ endpointId }) => endpointId === endpoint.endpointId)
    const attempt = attempts.get(endpoint.endpointId) ?? null
    return one === undefined ? [] : [{ endpoint, probed: one, attempt }]
  })
  return { ask, results }
}

type Outcomes = ReadonlyMap<string, MessageAttemptOut>
const NONE: Outcomes = new Map()

function useOutcomes(probed: readonly Probed[]): Outcomes {
  const { orgId } = useSession()
  const queries = useQueryClient()
  const made = probed.filter(({ probe }) => probe !== null)
  const key = ['probe-many', made]
  const { data = NONE } = useQuery({
    queryKey: key,
    queryFn: async ({ signal }) => {
      const known = queries.getQueryData<Outcomes>(key) ?? NONE
      const open = made.filter(({ endpointId }) => !known.has(endpointId))
      const found = await Promise.all(open.map((one) => findOutcome(orgId, one, signal)))
      const next = new Map([...known, ...found.flatMap((entry) => (entry === null ? [] : [entry]))])
      // Each may have ended an endpoint's trouble.
      if (next.size > known.size)
        for (const path of LISTS) void queries.invalidateQueries({ queryKey: [path] })
      return next
    },
    enabled: made.length > 0,
    gcTime: 0,
    refetchInterval: ({ state }) => ((state.data?.size ?? 0) < made.length ? LOOK_MS : false),
  })
  return data
}

/** The first attempt of that message there that was not known when the probe was asked for. */
async function findOutcome(
  orgId: string,
  { endpointId, appId, probe }: Probed,
  signal: AbortSignal,
): Promise<readonly [string, MessageAttemptOut] | null> {
  if (probe === null) return null
  const client = createClient({ baseUrl: '', organisation: () => orgId, appId })
  const query = { endpoint_id: endpointId, limit: 1, with_content: false }
  const { data } = await client.attempts.listByMessage(probe.messageId, query, { signal })
  const [newest] = data
  if (newest === undefined || newest.id === probe.lastAttemptId) return null
  return [endpointId, newest]
}
