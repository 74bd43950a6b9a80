import type { Transaction } from './database.ts'
import { Prisma } from './generated/client.ts'
import { IN_QUEUE } from './hot/queued-lease.ts'
import { groupByWeek } from './hot/week.ts'

export interface WaitingDelivery {
  readonly appId: string
  readonly messageId: string
  readonly endpointId: string
  readonly actor: string
}

/**
 * Cancels what waits of it, by schedule and by hand, and answers which: what somebody claimed has no `wait`, so
 * one in flight is left alone; what is under the queue's lease is not in flight yet. The partition is named (see
 * hot/week.ts), and a row that is being claimed is looked at again once that is settled.
 */
export async function cancelDelivery(
  tx: Transaction,
  delivery: WaitingDelivery,
): Promise<('scheduled' | 'manual')[]> {
  const [week = ''] = groupByWeek([delivery]).keys()
  const partition = Prisma.raw(`delivery_${week}`)
  const rows = await tx.$queryRaw<{ trigger: 'scheduled' | 'manual' }[]>`
    UPDATE ${partition}
       SET status = 'canceled', cause = 'message_canceled', actor = ${delivery.actor},
           wait = NULL, next_attempt_at = NULL, lease_token = NULL
     WHERE message_id = ${delivery.messageId} AND endpoint_id = ${delivery.endpointId}
       AND app_id = ${delivery.appId} AND status = 'pending'
       AND (wait IS NOT NULL OR lease_token = ANY (ARRAY(
            SELECT token FROM lease WHERE worker = ${IN_QUEUE} AND message_ids @> ARRAY[${delivery.messageId}] FOR UPDATE)))
    RETURNING trigger`
  return rows.map(({ trigger }) => trigger)
}
