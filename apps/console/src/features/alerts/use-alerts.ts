import type { AlertNotificationOut, AlertOut } from '@posthorn/contracts'
import { useQuery } from '@tanstack/react-query'
import { useTransport } from '../../lib/session.tsx'

interface PageOf<T> {
  readonly data: readonly T[]
  readonly done: boolean
}

export const ALERTS = ['/alert'] as const

/** As many as there can be. */
const RULES_AT_MOST = 100
const LIVE_MS = 5_000
const WATCHED_MS = 1_000

export function useAlerts() {
  const transport = useTransport()
  return useQuery({
    queryKey: ALERTS,
    queryFn: ({ signal }) =>
      transport.json<PageOf<AlertOut>>({
        path: '/alert',
        query: { limit: RULES_AT_MOST },
        signal,
      }),
    refetchInterval: LIVE_MS,
  })
}

export function useAlert(id: string) {
  const transport = useTransport()
  return useQuery({
    queryKey: [...ALERTS, id],
    queryFn: ({ signal }) => transport.json<AlertOut>({ path: pathOf(id), signal }),
    refetchInterval: LIVE_MS,
  })
}

/** The newest; more often while one of them is on its way. */
export function useAlertNotifications(id: string, limit: number) {
  const transport = useTransport()
  return useQuery({
    queryKey: [...ALERTS, id, 'notifications', limit],
    queryFn: ({ signal }) =>
      transport.json<PageOf<AlertNotificationOut>>({
        path: `${pathOf(id)}/notification`,
        query: { limit },
        signal,
      }),
    placeholderData: (before) => before,
    refetchInterval: ({ state }) =>
      state.data?.data.some(({ status }) => status === 'pending') ? WATCHED_MS : LIVE_MS,
  })
}

export function pathOf(id: string): string {
  return `/alert/${encodeURIComponent(id)}`
}
