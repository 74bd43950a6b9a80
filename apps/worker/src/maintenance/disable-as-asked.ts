import type { CoreContext } from '@posthorn/core'
import {
  type DisablingAskedFor,
  forgetAskedDisablings,
  listAskedDisablings,
  takeAskedDisablings,
} from '@posthorn/db/asked-disabling'
import type { WorkerEvents } from '../events.ts'
import { disableByItself } from './trouble-handler.ts'

export interface DisableAsAskedContext extends CoreContext {
  readonly events: Pick<WorkerEvents, 'endpointDisabled' | 'failed'>
}

/**
 * Disables the endpoints whose receivers asked for it in attempts that are recorded, whichever worker recorded them: it
 * may be dead. What fails is left for the next look.
 */
export async function disableAsAskedOnce(ctx: DisableAsAskedContext): Promise<void> {
  for (const asked of await listAskedDisablings(ctx.db.hot)) {
    try {
      await disableOne(ctx, asked)
    } catch (err) {
      ctx.events.failed('disable', err)
    }
  }
}

async function disableOne(
  ctx: DisableAsAskedContext,
  { endpointId, attemptIds }: DisablingAskedFor,
): Promise<void> {
  const isChanged = await disableByItself(ctx, {
    endpointId,
    by: 'receiver',
    isWanted: (tx) => takeAskedDisablings(tx, endpointId),
  })
  if (isChanged) ctx.events.endpointDisabled(endpointId, 'receiver')
  else await forgetAskedDisablings(ctx.db.hot, attemptIds)
}
