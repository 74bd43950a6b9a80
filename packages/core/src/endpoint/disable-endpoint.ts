import {
  findEndpoint,
  findFailingSince,
  resetEndpointHealth,
  type Transaction,
  updateEndpoint,
} from '@posthorn/db'
import type { AppScope } from '../actor.ts'
import type { CoreContext } from '../context.ts'
import { NotFoundError } from '../errors.ts'
import { cancelFirstWaiting, cancelRemainingWaiting } from './cancel-waiting.ts'
import type { Disabler } from './disabler.ts'
import { type EndpointTransaction, inEndpointTransaction } from './endpoint-transaction.ts'
import { type EndpointNews, recordEndpointChange } from './record-endpoint-change.ts'

export interface Disabling {
  readonly endpointId: string
  readonly by: Disabler
  /** Asked in the transaction that would disable it; false leaves it as it is. */
  readonly isWanted?: (tx: Transaction) => Promise<boolean>
}

/**
 * Stops an endpoint and cancels what waits for it. Asked twice, or of an endpoint that is gone, it
 * changes nothing and answers false: the worker may ask for every attempt that was in flight.
 */
export async function disableEndpoint(
  ctx: CoreContext,
  scope: AppScope,
  disabling: Disabling,
): Promise<boolean> {
  const before = await findEndpoint(ctx.db.prisma, scope, disabling.endpointId)
  if (before === null || before.disabled) return false
  const isChanged = await orFalseWhenGone(
    inEndpointTransaction(ctx, scope, (held) => disableUnlessDone(held, disabling)),
  )
  if (isChanged)
    await cancelRemainingWaiting(ctx, scope, { endpointId: before.id, cause: 'endpoint_disabled' })
  return isChanged
}

async function orFalseWhenGone(change: Promise<boolean>): Promise<boolean> {
  try {
    return await change
  } catch (err) {
    if (err instanceof NotFoundError) return false
    throw err
  }
}

async function disableUnlessDone(
  held: EndpointTransaction,
  { endpointId, by, isWanted }: Disabling,
): Promise<boolean> {
  const endpoint = await findEndpoint(held.tx, held.scope, endpointId)
  if (endpoint === null || endpoint.disabled) return false
  if (isWanted !== undefined && !(await isWanted(held.tx))) return false
  const fields = disabledColumns(held, by)
  await updateEndpoint(held.tx, { id: endpoint.id, fields, at: held.now })
  const news = await settleDisabled(held, { endpointId: endpoint.id, by })
  const changes = { disabled: { from: false, to: true }, disabledBy: { from: null, to: by } }
  await recordEndpointChange(held, {
    endpoint,
    action: 'endpoint.disable',
    changes,
    events: [news],
  })
  return true
}

export function disabledColumns({ now }: EndpointTransaction, by: Disabler) {
  return { disabled: true, disabledAt: now, disabledBy: by }
}

/** After the endpoint's row says so: cancels a first part of what waits. */
export async function settleDisabled(
  held: EndpointTransaction,
  disabling: Disabling,
): Promise<EndpointNews> {
  const { endpointId, by } = disabling
  const failSince = await findFailingSince(held.tx, endpointId)
  await cancelFirstWaiting(held, { endpointId, cause: 'endpoint_disabled' })
  const isByHand = by === 'customer' || by === 'staff'
  return { type: 'endpoint.disabled', failSince, trigger: isByHand ? 'manual' : 'automatic' }
}

export const ENABLED_COLUMNS = { disabled: false, disabledAt: null, disabledBy: null } as const

/** Its failures are forgotten; what was canceled stays so until somebody recovers it. */
export async function settleEnabled(
  held: EndpointTransaction,
  endpointId: string,
): Promise<EndpointNews> {
  await resetEndpointHealth(held.tx, endpointId)
  return { type: 'endpoint.enabled' }
}
