import { type HealthHint, searchEndpoints as searchRows } from '@posthorn/db/endpoint-care'
import type { AppScope } from '../actor.ts'
import type { EndpointHealth } from '../endpoint/endpoint-health.ts'
import {
  type EndpointView,
  type EndpointViewContext,
  viewEndpoints,
} from '../endpoint/endpoint-view.ts'
import { listPage, listScannedPage, type Page, type PageRequest } from '../list-page.ts'

export interface EndpointFilter {
  /** Part of its URL, description, uid or id. */
  readonly search?: string | undefined
  readonly health?: EndpointHealth | undefined
  readonly isWorstFirst?: boolean
}

// Health is decided of what is looked at, row by row.
const LOOK_AT_MOST = 200

const HINTS: Readonly<Record<EndpointHealth, HealthHint>> = {
  disabled: 'disabled',
  disabled_soon: 'troubled',
  failing: 'troubled',
  rate_limited: 'limited',
  new: 'enabled',
  healthy: 'enabled',
}

/** A page of those that match; one filtered by health may be short and yet not the last. */
export async function searchEndpoints(
  ctx: EndpointViewContext,
  scope: AppScope,
  { page, filter }: { readonly page: PageRequest; readonly filter: EndpointFilter },
): Promise<Page<EndpointView>> {
  const { health, isWorstFirst = false } = filter
  const text = filter.search ?? null
  const hint = health === undefined ? null : HINTS[health]
  const keys = new Map<string, string>()
  const source = {
    fetch: async (window: Parameters<typeof searchRows>[2]['window']) => {
      const found = await searchRows(ctx.db.prisma, scope, { text, hint, isWorstFirst, window })
      for (const { key, endpoint } of found) keys.set(endpoint.id, key)
      return viewEndpoints(
        ctx,
        found.map(({ endpoint }) => endpoint),
      )
    },
    keyOf: ({ endpoint }: EndpointView) => keys.get(endpoint.id) ?? endpoint.id,
  }
  const request = isWorstFirst ? { ...page, order: OPPOSITE[page.order] } : page
  if (health === undefined) return listPage(request, source)
  const keep = async (views: readonly EndpointView[]) =>
    views.filter(({ state }) => state.health === health)
  return listScannedPage(request, { ...source, scanLimit: LOOK_AT_MOST, keep })
}

/** The worst has the smallest key. */
const OPPOSITE = { ascending: 'descending', descending: 'ascending' } as const
