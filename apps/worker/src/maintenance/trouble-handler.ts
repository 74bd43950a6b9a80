import { type CoreContext, disableEndpoint, FAILURES_TO_DISABLE } from '@posthorn/core'
import type { EndpointTrouble } from '@posthorn/db'
import type { WorkerEvents } from '../events.ts'

export interface TroubleSettings {
  readonly events: Pick<WorkerEvents, 'breakerOpened' | 'endpointDisabled' | 'failed'>
  readonly disableAfterSeconds: number
}

/** Disables endpoints that did nothing but fail for long enough; a failure of ours is made good by the next attempt. */
export function createTroubleHandler(
  ctx: CoreContext,
  settings: TroubleSettings,
): (trouble: EndpointTrouble) => void {
  return (trouble) => {
    if (trouble.breakerOpened) settings.events.breakerOpened(trouble)
    if (!isHopeless(trouble, settings.disableAfterSeconds)) return
    disableByItself(ctx, { endpointId: trouble.endpointId, by: 'automatic' }).then(
      (isChanged) => isChanged && settings.events.endpointDisabled(trouble.endpointId, 'automatic'),
      (err: unknown) => settings.events.failed('disable', err),
    )
  }
}

function isHopeless(trouble: EndpointTrouble, disableAfterSeconds: number): boolean {
  const { failureCount, failingForSeconds } = trouble
  return failureCount >= FAILURES_TO_DISABLE && failingForSeconds >= disableAfterSeconds
}

type Disabling = Parameters<typeof disableEndpoint>[2] & { readonly by: 'receiver' | 'automatic' }

/** By id alone: for an endpoint that an attempt was recorded of. */
export async function disableByItself(ctx: CoreContext, disabling: Disabling): Promise<boolean> {
  const { endpointId, by } = disabling
  const endpoint = await ctx.db.prisma.endpoint.findUnique({
    where: { id: endpointId },
    select: { orgId: true, appId: true },
  })
  if (endpoint === null) return false
  const actor =
    by === 'receiver'
      ? ({ kind: 'receiver' } as const)
      : ({ kind: 'system', reason: 'auto_disable' } as const)
  return disableEndpoint(ctx, { ...endpoint, actor }, disabling)
}
