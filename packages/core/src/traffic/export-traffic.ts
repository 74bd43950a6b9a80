import { loadEndpoints } from '@posthorn/db'
import type { AppScope } from '../actor.ts'
import type { CoreContext } from '../context.ts'
import { listTraffic, type TrafficOf } from './list-traffic.ts'
import type { AskedTime } from './traffic-period.ts'

/** As many endpoints as an application can have: a file of some megabytes at most. */
const EXPORTED_AT_MOST = 10_000
const AT_ONCE = 500
/** Of a time of one's own, whose rows may be those of 672 hours each. */
const OWN_AT_ONCE = 50

export interface ExportedTraffic extends TrafficOf {
  /** Of an endpoint; null: of an event type. */
  readonly endpoint: { readonly url: string; readonly description: string } | null
}

/** What `listTraffic` gives page by page, all at once. */
export async function exportTraffic(
  ctx: Pick<CoreContext, 'db' | 'clock'>,
  scope: AppScope,
  input: AskedTime & { readonly kind: 'endpoint' | 'event_type' },
): Promise<ExportedTraffic[]> {
  const exported: ExportedTraffic[] = []
  const limit = input.since === undefined ? AT_ONCE : OWN_AT_ONCE
  let iterator: string | undefined
  while (exported.length < EXPORTED_AT_MOST) {
    const page = await listTraffic(ctx, scope, { ...input, limit, iterator })
    const { items } = page
    exported.push(
      ...(input.kind === 'endpoint'
        ? await withEndpoints(ctx, scope, items)
        : items.map((item) => ({ ...item, endpoint: null }))),
    )
    if (page.done || page.iterator === null) break
    ;({ iterator } = page)
  }
  return exported
}

async function withEndpoints(
  ctx: Pick<CoreContext, 'db'>,
  scope: AppScope,
  items: readonly TrafficOf[],
): Promise<ExportedTraffic[]> {
  const ids = items.map(({ key }) => key)
  const byId = new Map((await loadEndpoints(ctx.db, scope, ids)).map((one) => [one.id, one]))
  return items.map((item) => {
    const { url = '', description = '' } = byId.get(item.key) ?? {}
    return { ...item, endpoint: { url, description } }
  })
}
