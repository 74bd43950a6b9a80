import {
  type FoundEndpoint,
  type HealthHint,
  searchEndpoints as searchRows,
} from '@posthorn/db/endpoint-care'
import type { AppScope } from '../actor.ts'
import { DAY_SUCCESS_SHARE, type EndpointHealth } from '../endpoint/endpoint-health.ts'
import type { EndpointView, EndpointViewContext } from '../endpoint/endpoint-view.ts'
import { listPage, listScannedPage, type Page, type PageRequest } from '../list-page.ts'
import { viewInOrder } from './view-in-order.ts'

export interface EndpointFilter {
  /** Part of its URL, description, uid or id. */
  readonly search?: string | undefined
  readonly health?: EndpointHealth | undefined
  /** That it takes, because it chose it or takes all. */
  readonly eventType?: string | undefined
}

const LOOK_AT_MOST = 2_000
// Health is decided of candidates, as many at a time: mostly the first fill a page.
const DECIDE_AT_ONCE = 100

const HINTS: Readonly<Record<EndpointHealth, HealthHint>> = {
  disabled: 'disabled',
  disabled_soon: 'troubled',
  failing: 'troubled',
  rate_limited: 'limited',
  new: 'untried',
  healthy: 'tried',
}

/** A page of those that match; one filtered by health may be short and yet not the last. */
export async function searchEndpoints(
  ctx: EndpointViewContext,
  scope: AppScope,
  { page, filter }: { readonly page: PageRequest; readonly filter: EndpointFilter },
): Promise<Page<EndpointView>> {
  const { search: text = null, eventType = null, health } = filter
  const hint =
    health === undefined ? null : { health: HINTS[health], successShare: DAY_SUCCESS_SHARE }
  const source = {
    fetch: (window: Parameters<typeof searchRows>[2]['window']) =>
      searchRows(ctx.db.prisma, scope, { text, eventType, hint, window }),
    keyOf: (found: FoundEndpoint | EndpointView) =>
      'endpoint' in found ? found.endpoint.id : found.id,
  }
  if (health === undefined) {
    const found = await listPage(page, source)
    return { ...found, items: await viewInOrder(ctx, scope, found.items) }
  }
  const keep = (found: readonly FoundEndpoint[], most: number) =>
    keepHealth(ctx, scope, { found: found.filter((one) => one.isCandidate), health, most })
  return listScannedPage(page, { ...source, scanLimit: LOOK_AT_MOST, keep })
}

interface HealthLook {
  readonly found: readonly FoundEndpoint[]
  readonly health: EndpointHealth
  readonly most: number
}

async function keepHealth(
  ctx: EndpointViewContext,
  scope: AppScope,
  { found, health, most }: HealthLook,
): Promise<EndpointView[]> {
  const kept: EndpointView[] = []
  for (let from = 0; from < found.length && kept.length < most; from += DECIDE_AT_ONCE) {
    const views = await viewInOrder(ctx, scope, found.slice(from, from + DECIDE_AT_ONCE))
    kept.push(...views.filter(({ state }) => state.health === health))
  }
  return kept
}
