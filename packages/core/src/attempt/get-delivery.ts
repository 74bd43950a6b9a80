import { type Database, type DeliveryState, loadEndpoints, readDeliveryStates } from '@posthorn/db'
import type { AppScope } from '../actor.ts'
import type { BegunPhase, SendingsHeard } from '../delivery/sending.ts'
import { type DoneBy, tellDoneBy } from '../done-by.ts'
import { NotFoundError } from '../errors.ts'
import { getMessageId } from '../message/get-message.ts'
import { attemptsAtMost, type ScheduleContext, scheduleOf } from './attempts-at-most.ts'
import {
  deliveryWait,
  type DeliveryWaiting,
  type RemainingAttempt,
  remainingAttempts,
} from './delivery-wait.ts'
import { getPastEndpointId } from './get-past-endpoint-id.ts'

export interface DeliveryContext extends ScheduleContext {
  readonly db: Database
  readonly sendings: Pick<SendingsHeard, 'find'>
}

export interface DeliveryDetail {
  readonly state: DeliveryState
  readonly waiting: DeliveryWaiting | null
  readonly remaining: readonly RemainingAttempt[]
  /** Attempts that its schedule has in all. */
  readonly attemptsAtMost: number
  /** Of a request on its way that takes long, where somebody may look on: its phases so far. Null: not known. */
  readonly sending: readonly BegunPhase[] | null
  /** Who asked for it, or canceled it. */
  readonly by: DoneBy | null
}

export interface MessageDelivery {
  readonly messageId: string
  readonly endpointId: string
  readonly scheduled: DeliveryDetail | null
  /** Asked for by hand: a resend, or a task. */
  readonly manual: DeliveryDetail | null
}

const COUNT_AT_MOST = 10_000

/** How it stands with a message at an endpoint: why it waits, and what is to come. */
export async function getDelivery(
  ctx: DeliveryContext,
  scope: AppScope,
  asked: { readonly message: string; readonly endpoint: string },
): Promise<MessageDelivery> {
  const messageId = await getMessageId(ctx, scope, asked.message)
  const endpointId = await getPastEndpointId(ctx, scope, asked.endpoint)
  const [endpoint] = await loadEndpoints(ctx.db, scope, [endpointId])
  const key = { appId: scope.appId, messageId, endpointId, countAtMost: COUNT_AT_MOST }
  const states = await readDeliveryStates(ctx.db, key)
  if (endpoint === undefined || states.length === 0) throw new NotFoundError()
  const schedule = scheduleOf(ctx, endpoint)
  const detailOf = async (trigger: DeliveryState['trigger']): Promise<DeliveryDetail | null> => {
    const state = states.find((one) => one.trigger === trigger)
    if (state === undefined) return null
    const waiting = deliveryWait(state)
    const { leaseToken } = state
    const isSent = waiting?.reason === 'in_flight' && leaseToken !== null
    return {
      state,
      waiting,
      sending: isSent ? ctx.sendings.find({ leaseToken, messageId, endpointId }) : null,
      remaining: remainingAttempts(state, schedule),
      attemptsAtMost: attemptsAtMost(trigger, schedule),
      by: await tellDoneBy(ctx, scope, state.actor),
    }
  }
  const [scheduled, manual] = await Promise.all([detailOf('scheduled'), detailOf('manual')])
  return { messageId, endpointId, scheduled, manual }
}
