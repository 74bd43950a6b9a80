import {
  type Cancellation,
  cancelWaitingDeliveries,
  inTransaction,
  isEndpointStopped,
} from '@posthorn/db'
import { type AppScope, actorText } from '../actor.ts'
import type { CoreContext } from '../context.ts'
import type { EndpointTransaction } from './endpoint-transaction.ts'

type Waiting = Pick<Cancellation, 'endpointId' | 'cause'>

const CHUNK = 5_000
/** A request cancels this much itself; what is beyond that is canceled when its time comes. */
const MAX_CHUNKS = 20

export async function cancelFirstWaiting(
  { tx, scope }: EndpointTransaction,
  waiting: Waiting,
): Promise<void> {
  await cancelWaitingDeliveries(tx, { ...waiting, actor: actorText(scope.actor), limit: CHUNK })
}

/** Right after the transaction that canceled the first part, in transactions of its own: no lock is held long. */
export async function cancelRemainingWaiting(
  ctx: Pick<CoreContext, 'db'>,
  scope: AppScope,
  waiting: Waiting,
): Promise<void> {
  for (let chunk = 1; chunk < MAX_CHUNKS; chunk++) {
    if ((await cancelChunk(ctx, scope, waiting)) < CHUNK) return
  }
}

function cancelChunk(
  ctx: Pick<CoreContext, 'db'>,
  scope: AppScope,
  waiting: Waiting,
): Promise<number> {
  return inTransaction(ctx.db, async (tx) => {
    // Enabled again meanwhile? Then what waits now was published since.
    if (!(await isEndpointStopped(tx, waiting.endpointId))) return 0
    return cancelWaitingDeliveries(tx, { ...waiting, actor: actorText(scope.actor), limit: CHUNK })
  })
}
