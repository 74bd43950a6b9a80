import { isNotFound, randomKey } from '@posthorn/client'
import type {
  BackgroundTaskList,
  BackgroundTaskOut,
  RecoverManyEstimateOut,
  RecoverOut,
} from '@posthorn/contracts'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { navigate } from '../../../lib/router.tsx'
import { useTransport } from '../../../lib/session.tsx'
import type { Selection } from '../selection.ts'
import type { Span } from '../window.ts'

/** Counts without sending. Asked anew for each window; nothing that was counted is kept. */
export function useRecoverEstimate(selection: Selection, types: readonly string[], span: Span) {
  const transport = useTransport()
  return useQuery({
    queryKey: ['recover-estimate', selection, types, span],
    queryFn: ({ signal }) => {
      const body = { ...selection, ...ofTypes(types), ...span, dryRun: true }
      const request = { method: 'POST', path: '/support/recover', body, signal } as const
      return transport.json<RecoverManyEstimateOut>(request)
    },
    gcTime: 0,
    staleTime: Infinity,
    refetchOnWindowFocus: false,
    retry: false,
  })
}

/** As the api takes them; empty: all. */
export function ofTypes(types: readonly string[]) {
  return types.length === 0 ? {} : { eventTypes: types }
}

export interface Start {
  readonly selection: Selection
  /** Empty: all. */
  readonly types: readonly string[]
  readonly span: Span
  readonly perSecond: number | null
}

/** Its key is that of the count that it begins with, and of what is asked for: clicked twice, it is started once. */
export function useStartRecover() {
  const transport = useTransport()
  const queries = useQueryClient()
  const [page] = useState(randomKey)
  return useMutation({
    mutationFn: ({ selection, types, span, perSecond }: Start) => {
      const body = { ...selection, ...ofTypes(types), ...span, perSecond }
      const idempotencyKey = [page, span.since, span.until, perSecond].join('_')
      const request = { method: 'POST', path: '/support/recover', body, idempotencyKey } as const
      return transport.json<RecoverOut>(request)
    },
    onSuccess: async ({ id }) => {
      await queries.invalidateQueries({ queryKey: RECOVERIES })
      navigate(`/recover/${id}`)
    },
  })
}

const RECOVERIES = ['/background-task', 'recover'] as const
const LISTED = 50
const LOOK_LIST_MS = 5_000

/** Those over many endpoints, of the newest tasks that recover. */
export function useRecoveries() {
  const transport = useTransport()
  return useQuery({
    queryKey: RECOVERIES,
    queryFn: async ({ signal }) => {
      const query = { task: 'endpoint.recover', limit: LISTED }
      const { data } = await transport.json<BackgroundTaskList>({
        path: '/background-task',
        query,
        signal,
      })
      return data.filter((task) => task.data['selection'] !== undefined)
    },
    refetchInterval: LOOK_LIST_MS,
  })
}

const LOOK_MS = 1_000
const SETTLE_MS = 3_000

export function useRecovery(id: string) {
  const transport = useTransport()
  return useQuery({
    queryKey: ['recovery', id],
    queryFn: ({ signal }) =>
      transport.json<BackgroundTaskOut>({
        path: `/background-task/${encodeURIComponent(id)}`,
        signal,
      }),
    refetchInterval: ({ state: { data, error } }) => !isNotFound(error) && lookAgainAfter(data),
  })
}

/** Also after its end, as long as what it sent on its way has not come to anything. */
function lookAgainAfter(task: BackgroundTaskOut | undefined): number | false {
  if (task === undefined || task.status === 'running') return LOOK_MS
  return (task.outcomes?.waiting ?? 0) > 0 ? SETTLE_MS : false
}

export type RecoveryAction = 'pause' | 'resume' | 'cancel' | 'approve'

export function useActOnRecovery(id: string) {
  const transport = useTransport()
  const queries = useQueryClient()
  return useMutation({
    mutationFn: (action: RecoveryAction) =>
      transport.json<BackgroundTaskOut>({
        method: 'POST',
        path: `/background-task/${encodeURIComponent(id)}/${action}`,
      }),
    onSettled: () => queries.invalidateQueries({ queryKey: ['recovery', id] }),
  })
}
