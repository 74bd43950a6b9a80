import type {
  LearnedSecretOut,
  ReleasedManyOut,
  SourceOut,
  SourceTestOut,
} from '@posthorn/contracts/ingest'
import { saveFile, useRemoval } from '@posthorn/ui'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useHost } from '../source-host.tsx'
import { sourcePath } from './source-queries.ts'

export interface SourceFields {
  readonly name?: string
  readonly configChanges?: Readonly<Record<string, string | null>>
  readonly secrets?: readonly string[]
  readonly options?: {
    readonly enabled?: boolean
    readonly noVerification?: boolean
    readonly rate?: number | null
    readonly bodies?: 'original' | 'json'
    readonly quarantineRequests?: number
    readonly quarantineBytes?: number
    readonly quarantineDays?: number
  }
}

export interface NewSource extends Omit<SourceFields, 'configChanges'> {
  readonly name: string
  readonly type: string
  readonly application?: string
  readonly config: Readonly<Record<string, string>>
}

export function useCreateSource() {
  const { transport } = useHost()
  const queries = useQueryClient()
  return useMutation({
    mutationFn: ({ body, key }: { readonly body: NewSource; readonly key: string }) =>
      transport.json<SourceOut>({ method: 'POST', path: '/source', body, idempotencyKey: key }),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['sources'] }),
  })
}

export function usePatchSource(id: string) {
  const { transport } = useHost()
  const queries = useQueryClient()
  return useMutation({
    mutationFn: (body: SourceFields) =>
      transport.json<SourceOut>({ method: 'PATCH', path: sourcePath(id), body }),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['source', id] }),
  })
}

export function useRotateToken(id: string) {
  const { transport } = useHost()
  const queries = useQueryClient()
  return useMutation({
    mutationFn: () =>
      transport.json<{ readonly ingestUrl: string }>({
        method: 'POST',
        path: `${sourcePath(id)}/token/rotate`,
      }),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['source', id] }),
  })
}

/** Kept by no cache: it is on the page until that is left. */
export function useShowSecret(id: string) {
  const { transport } = useHost()
  return useMutation({
    gcTime: 0,
    mutationFn: () =>
      transport.json<LearnedSecretOut>({ method: 'POST', path: `${sourcePath(id)}/secret/show` }),
  })
}

export function useDeleteSource(id: string) {
  const { transport } = useHost()
  const remove = (withTriggered: boolean) =>
    transport.json<undefined>({
      method: 'DELETE',
      path: sourcePath(id),
      query: withTriggered ? { include_triggered: true } : {},
    })
  return useRemoval(remove, ['sources'])
}

/** The body of a request as it came, saved as a file of the browser's. */
export function useDownloadOriginal(sourceId: string, requestId: string) {
  const { transport } = useHost()
  return useMutation({
    mutationFn: async () => {
      const path = `${sourcePath(sourceId)}/request/${encodeURIComponent(requestId)}/original`
      saveFile(requestId, await transport.blob({ path }))
    },
  })
}

export interface TestCall {
  readonly method: string
  readonly path: string
  readonly body: string | null
}

export function useTestCall(id: string) {
  const { transport } = useHost()
  return useMutation({
    mutationFn: (body: TestCall) =>
      transport.json<SourceTestOut>({ method: 'POST', path: `${sourcePath(id)}/test`, body }),
  })
}

export function useRelease(sourceId: string) {
  const { transport } = useHost()
  const queries = useQueryClient()
  return useMutation({
    mutationFn: (id: string) =>
      transport.json<{ readonly messageId: string }>({
        method: 'POST',
        path: `${sourcePath(sourceId)}/quarantine/${id}/release`,
      }),
    onSettled: () => queries.invalidateQueries({ queryKey: ['source', sourceId] }),
  })
}

export interface ReleaseProgress {
  readonly released: number
  readonly stillRefused: number
}

/** More than 10,000 aren't kept; each step judges 50. */
const MOST_STEPS = 201

/** Step by step to the end, telling after each how far it is. */
export function useReleaseAll(sourceId: string, onProgress: (so: ReleaseProgress) => void) {
  const { transport } = useHost()
  const queries = useQueryClient()
  return useMutation({
    mutationFn: async (reason: string) => {
      let so: ReleaseProgress = { released: 0, stillRefused: 0 }
      let iterator: string | null = null
      for (let step = 0; step < MOST_STEPS; step++) {
        const done: ReleasedManyOut = await transport.json<ReleasedManyOut>({
          method: 'POST',
          path: `${sourcePath(sourceId)}/quarantine/release`,
          body: { reason, ...(iterator !== null && { iterator }) },
        })
        so = {
          released: so.released + done.released,
          stillRefused: so.stillRefused + done.stillRefused,
        }
        onProgress(so)
        if (done.done || done.iterator === null) break
        iterator = done.iterator
      }
      return so
    },
    onSettled: () => queries.invalidateQueries({ queryKey: ['source', sourceId] }),
  })
}
