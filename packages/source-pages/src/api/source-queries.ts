import type { Transport } from '@posthorn/client'
import type { MessageAttemptOut, MessageEndpointOut } from '@posthorn/contracts'
import type {
  QuarantinedRequestDetailOut,
  QuarantinedRequestOut,
  SourceOut,
  SourceRequestOut,
  SourceTypeOut,
  SourceTypeSummaryOut,
  TriggeredEndpointsOut,
} from '@posthorn/contracts/ingest'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { useHost } from '../source-host.tsx'

/** How often what changes by itself is asked for. */
const POLL_MS = 3_000
const LIST_POLL_MS = 10_000

export interface PageOf<T> {
  readonly data: T[]
  readonly iterator: string | null
  readonly prevIterator?: string | null
  readonly done: boolean
}

export function sourcePath(id: string): string {
  return `/source/${encodeURIComponent(id)}`
}

export function useSources() {
  const { transport } = useHost()
  const result = useInfiniteQuery({
    queryKey: ['sources'],
    initialPageParam: '',
    queryFn: ({ pageParam, signal }) =>
      transport.json<PageOf<SourceOut>>({
        path: '/source',
        query: { iterator: pageParam, limit: 50, with_received: true },
        signal,
      }),
    getNextPageParam: (page) => (page.done ? undefined : (page.iterator ?? undefined)),
    refetchInterval: LIST_POLL_MS,
  })
  return { ...result, data: result.data?.pages.flatMap((page) => page.data) }
}

export function useSource(id: string) {
  const { transport } = useHost()
  return useQuery({
    queryKey: ['source', id],
    queryFn: ({ signal }) =>
      transport.json<SourceOut>({ path: sourcePath(id), query: { with_received: true }, signal }),
    refetchInterval: POLL_MS,
  })
}

/** They change with the installation only. */
const FOR_LONG = { staleTime: Infinity }

export function useSourceTypes() {
  const { transport } = useHost()
  return useQuery({
    ...FOR_LONG,
    queryKey: ['source-types'],
    queryFn: async ({ signal }) =>
      (await transport.json<PageOf<SourceTypeSummaryOut>>({ path: '/source-type', signal })).data,
  })
}

export function useSourceType(type: string) {
  const { transport } = useHost()
  return useQuery({
    ...FOR_LONG,
    queryKey: ['source-type', type],
    queryFn: ({ signal }) =>
      transport.json<SourceTypeOut>({ path: `/source-type/${encodeURIComponent(type)}`, signal }),
  })
}

/** What deleting the source may take with it. */
export function useTriggeredEndpoints(id: string) {
  const { transport } = useHost()
  return useQuery({
    queryKey: ['source', id, 'triggered'],
    queryFn: async ({ signal }) =>
      (
        await transport.json<TriggeredEndpointsOut>({
          path: `${sourcePath(id)}/triggered`,
          signal,
        })
      ).data,
  })
}

export interface RequestPageInput {
  readonly sourceId: string
  readonly outcome: string
  readonly iterator: string | undefined
  readonly signal: AbortSignal | undefined
}

export function fetchRequests(transport: Transport, asked: RequestPageInput) {
  const { sourceId, outcome, iterator, signal } = asked
  return transport.json<PageOf<SourceRequestOut>>({
    path: `${sourcePath(sourceId)}/request`,
    query: { limit: 50, iterator, outcome },
    signal,
  })
}

/** The newest request, asked for until one is there. */
export function useFirstRequest(sourceId: string) {
  const { transport } = useHost()
  return useQuery({
    queryKey: ['source', sourceId, 'first-request'],
    queryFn: async ({ signal }) => {
      const page = await transport.json<PageOf<SourceRequestOut>>({
        path: `${sourcePath(sourceId)}/request`,
        query: { limit: 1 },
        signal,
      })
      return page.data[0] ?? null
    },
    refetchInterval: POLL_MS,
  })
}

export function useSourceRequest(sourceId: string, id: string) {
  const { transport } = useHost()
  return useQuery({
    queryKey: ['source', sourceId, 'request', id],
    queryFn: ({ signal }) =>
      transport.json<SourceRequestOut>({ path: `${sourcePath(sourceId)}/request/${id}`, signal }),
  })
}

export function useQuarantined(sourceId: string) {
  const { transport } = useHost()
  const result = useInfiniteQuery({
    queryKey: ['source', sourceId, 'quarantine'],
    initialPageParam: '',
    queryFn: ({ pageParam, signal }) =>
      transport.json<PageOf<QuarantinedRequestOut>>({
        path: `${sourcePath(sourceId)}/quarantine`,
        query: { iterator: pageParam, limit: 100 },
        signal,
      }),
    getNextPageParam: (page) => (page.done ? undefined : (page.iterator ?? undefined)),
    refetchInterval: LIST_POLL_MS,
  })
  return { ...result, data: result.data?.pages.flatMap((page) => page.data) }
}

export function useQuarantinedRequest(sourceId: string, id: string) {
  const { transport } = useHost()
  return useQuery({
    queryKey: ['source', sourceId, 'quarantine', id],
    queryFn: ({ signal }) =>
      transport.json<QuarantinedRequestDetailOut>({
        path: `${sourcePath(sourceId)}/quarantine/${id}`,
        signal,
      }),
  })
}

export interface MessageOf {
  readonly appId: string
  readonly messageId: string
}

function messagePath({ appId, messageId }: MessageOf): string {
  return `/app/${encodeURIComponent(appId)}/msg/${encodeURIComponent(messageId)}`
}

/** As text: what was received is shown byte for byte, not printed anew. */
export function useMessageText(of: MessageOf) {
  const { transport } = useHost()
  return useQuery({
    queryKey: ['source-message', of.messageId],
    queryFn: ({ signal }) => transport.text({ path: messagePath(of), signal }),
  })
}

export function useDeliveries(of: MessageOf) {
  const { transport } = useHost()
  return useQuery({
    queryKey: ['source-message', of.messageId, 'deliveries'],
    queryFn: async ({ signal }) => {
      const path = `${messagePath(of)}/endpoint`
      const query = { limit: 100, expanded_statuses: true }
      return (await transport.json<PageOf<MessageEndpointOut>>({ path, query, signal })).data
    },
    refetchInterval: POLL_MS,
  })
}

export function useAttempts({ appId, messageId }: MessageOf) {
  const { transport } = useHost()
  return useQuery({
    queryKey: ['source-message', messageId, 'attempts'],
    queryFn: async ({ signal }) => {
      const path = `/app/${encodeURIComponent(appId)}/attempt/msg/${encodeURIComponent(messageId)}`
      return (
        await transport.json<PageOf<MessageAttemptOut>>({ path, query: { limit: 50 }, signal })
      ).data
    },
    refetchInterval: POLL_MS,
  })
}
