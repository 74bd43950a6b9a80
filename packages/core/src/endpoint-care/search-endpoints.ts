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
  const { health } = filter
  const text = filter.search ?? null
  const hint = health === undefined ? null : HINTS[health]
  const source = {
    fetch: async (window: Parameters<typeof searchRows>[2]['window']) =>
      viewEndpoints(ctx, await searchRows(ctx.db.prisma, scope, { text, hint, window })),
    keyOf: ({ endpoint }: EndpointView) => endpoint.id,
  }
  if (health === undefined) return listPage(page, source)
  const keep = async (views: readonly EndpointView[]) =>
    views.filter(({ state }) => state.health === health)
  return listScannedPage(page, { ...source, scanLimit: LOOK_AT_MOST, keep })
}
