import type {
  DeliveryPauseOut,
  HealthBoardOut,
  OutageEndpointList,
  OutageList,
  OverviewOut,
  QueueHealthOut,
} from '@posthorn/contracts'
import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useTransport } from '../../../lib/session.tsx'

const LOOK_MS = 5_000
/** Of what asks for the last attempt of many endpoints. */
const LOOK_SELDOM_MS = 15_000

interface Look {
  readonly path: string
  readonly query?: Readonly<Record<string, string | number>>
  readonly everyMs?: number
}

/** What goes on by itself while somebody looks at it. */
function useLook<T>({ path, query = {}, everyMs = LOOK_MS }: Look) {
  const transport = useTransport()
  return useQuery({
    queryKey: [path, query],
    queryFn: ({ signal }) => transport.json<T>({ path, query, signal }),
    refetchInterval: everyMs,
    placeholderData: keepPreviousData,
  })
}

export function useOverview() {
  return useLook<OverviewOut>({ path: '/support/overview' })
}

export function useQueue() {
  return useLook<QueueHealthOut>({ path: '/support/queue' })
}

const PAUSE = '/installation/deliveries'

/** Looked at by the frame of every page: whoever looks into a failure is told that nothing is sent. */
export function useDeliveryPause() {
  return useLook<DeliveryPauseOut>({ path: PAUSE })
}

type PauseChange = { readonly pause: { readonly reason: string } } | 'resume'

export function useChangeDeliveryPause(onDone: () => void) {
  const transport = useTransport()
  const queries = useQueryClient()
  return useMutation({
    mutationFn: (change: PauseChange) =>
      transport.json<DeliveryPauseOut>(
        change === 'resume'
          ? { method: 'POST', path: `${PAUSE}/resume` }
          : { method: 'POST', path: `${PAUSE}/pause`, body: change.pause },
      ),
    onSuccess: async (changed) => {
      // A look under way began before the change.
      await queries.cancelQueries({ queryKey: [PAUSE] })
      queries.setQueryData([PAUSE, {}], changed)
      onDone()
    },
  })
}

const SHOWN = 50

export function useHealthBoard() {
  const query = { limit: SHOWN }
  return useLook<HealthBoardOut>({ path: '/support/health-board', query, everyMs: LOOK_SELDOM_MS })
}

export function useOutages() {
  const query = { limit: SHOWN }
  return useLook<OutageList>({ path: '/support/outage', query, everyMs: LOOK_SELDOM_MS })
}

const MEMBERS_SHOWN = 200

export function useOutageEndpoints(host: string) {
  const path = '/support/outage/endpoint'
  const query = { host, limit: MEMBERS_SHOWN }
  return useLook<OutageEndpointList>({ path, query, everyMs: LOOK_SELDOM_MS })
}
