import { type EndpointFields, type QueryValues, randomKey } from '@posthorn/client'
import { usePosthorn } from './posthorn-provider.tsx'
import { useAnswer } from './use-answer.ts'
import { useList } from './use-list.ts'

export function useEndpoints(query: QueryValues = {}) {
  const client = usePosthorn()
  return useList(`endpoints ${JSON.stringify(query)}`, (iterator, signal) =>
    client.endpoints.list({ limit: 50, ...query, iterator }, { signal }),
  )
}

export function useEndpoint(id: string) {
  const client = usePosthorn()
  return useAnswer(`endpoint ${id}`, (signal) => client.endpoints.get(id, { signal }))
}

export function useEndpointStats(id: string, query: QueryValues = {}) {
  const client = usePosthorn()
  return useAnswer(`stats ${id} ${JSON.stringify(query)}`, (signal) =>
    client.endpoints.stats(id, query, { signal }),
  )
}

/** The names of custom headers, and the values of those that aren't withheld. */
export function useEndpointHeaders(id: string) {
  const client = usePosthorn()
  const answer = useAnswer(`headers ${id}`, (signal) => client.endpoints.headers(id, { signal }))
  const patchHeaders = async (headers: Readonly<Record<string, string | null>>) => {
    await client.endpoints.patchHeaders(id, headers)
    answer.reload()
  }
  return { ...answer, patchHeaders }
}

/** The secret is asked for by a call, not by rendering: every look at it is audited. */
export function useEndpointSecret(id: string) {
  const client = usePosthorn()
  return {
    reveal: async () => (await client.endpoints.secret(id)).key,
    rotate: (gracePeriodSeconds = 86_400, key: string | null = null) =>
      client.endpoints.rotateSecret(id, { key, gracePeriodSeconds }),
  }
}

export function useEndpointActions() {
  const { endpoints } = usePosthorn()
  return {
    create: (fields: EndpointFields, idempotencyKey: string = randomKey()) =>
      endpoints.create(fields, idempotencyKey),
    patch: (id: string, fields: EndpointFields) => endpoints.patch(id, fields),
    remove: (id: string) => endpoints.remove(id),
    recover: (id: string, since: string, until: string | null = null) =>
      endpoints.recover(id, { since, until }),
    /** The next probe of an endpoint that is only probed, now. */
    probe: (id: string) => endpoints.probe(id),
    /** Enables it, and goes on with what was canceled as it was disabled at that moment. */
    undoDisable: (id: string, disabledAt: string) => endpoints.undoDisable(id, { disabledAt }),
    sendExample: (id: string, eventType: string) => endpoints.sendExample(id, { eventType }),
  }
}
