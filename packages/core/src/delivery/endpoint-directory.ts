import { BoundedCache } from '@posthorn/runtime'
import type { CoreContext } from '../context.ts'
import { type SendableEndpoint, toSendableEndpoint } from './sendable-endpoint.ts'

const MAX_ENDPOINTS = 20_000

/** The endpoint and the version that a claim saw. */
export interface EndpointVersion {
  readonly endpointId: string
  readonly version: string
}

/**
 * Endpoints as the worker sends to them. A cached one is used only at the version that the claim saw, so
 * a changed URL, secret, header or schedule is in force for everything claimed after the change.
 */
export interface EndpointDirectory {
  /** What can't be found at all is missing from the map. */
  load(wanted: readonly EndpointVersion[]): Promise<ReadonlyMap<string, SendableEndpoint>>
}

export function createEndpointDirectory(ctx: Pick<CoreContext, 'db' | 'vault'>): EndpointDirectory {
  const cache = new BoundedCache<string, SendableEndpoint>(MAX_ENDPOINTS)
  return {
    async load(wanted) {
      const found = new Map<string, SendableEndpoint>()
      const stale = new Set<string>()
      for (const { endpointId, version } of wanted) {
        const cached = cache.get(endpointId)
        if (cached?.version === version) found.set(endpointId, cached)
        else stale.add(endpointId)
      }
      for (const endpoint of await loadEndpoints(ctx, [...stale])) {
        cache.set(endpoint.id, endpoint)
        found.set(endpoint.id, endpoint)
      }
      return found
    },
  }
}

/** By id alone: only for ids that a claim of ours gave. */
async function loadEndpoints(
  ctx: Pick<CoreContext, 'db' | 'vault'>,
  ids: readonly string[],
): Promise<SendableEndpoint[]> {
  if (ids.length === 0) return []
  const wanted = { in: [...ids] }
  const { prisma } = ctx.db
  const [endpoints, secrets] = await Promise.all([
    prisma.endpoint.findMany({ where: { id: wanted } }),
    prisma.endpointSecret.findMany({ where: { endpointId: wanted } }),
  ])
  const applications = await prisma.application.findMany({
    where: {
      id: { in: [...new Set(endpoints.map((endpoint) => endpoint.appId))] },
      operational: true,
    },
    select: { id: true },
  })
  const operational = new Set(applications.map((application) => application.id))
  const byEndpoint = Map.groupBy(secrets, (secret) => secret.endpointId)
  return endpoints.map((endpoint) =>
    toSendableEndpoint(ctx.vault, {
      endpoint,
      secrets: byEndpoint.get(endpoint.id) ?? [],
      operational: operational.has(endpoint.appId),
    }),
  )
}
