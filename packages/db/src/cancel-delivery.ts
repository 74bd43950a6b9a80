import type { Transaction } from './database.ts'
import { Prisma } from './generated/client.ts'
import { groupByWeek } from './hot/week.ts'

export interface WaitingDelivery {
  readonly appId: string
  readonly messageId: string
  readonly endpointId: string
  readonly actor: string
}

/**
 * Cancels what waits of it, by schedule and by hand, and answers which: what somebody claimed has no `wait`, so
 * one in flight is left alone. The partition is named (see hot/week.ts), and a row that is being claimed is
 * looked at again once that is settled.
 */
export async function cancelDelivery(
  tx: Transaction,
  delivery: WaitingDelivery,
): Promise<('scheduled' | 'manual')[]> {
  const [week = ''] = groupByWeek([delivery]).keys()
  const partition = Prisma.raw(`delivery_${week}`)
  const rows = await tx.$queryRaw<{ trigger: 'scheduled' | 'manual' }[]>`
    UPDATE ${partition}
       SET status = 'canceled', cause = 'message_canceled', actor = ${delivery.actor}, wait = NULL, next_attempt_at = NULL
     WHERE message_id = ${delivery.messageId} AND endpoint_id = ${delivery.endpointId}
       AND app_id = ${delivery.appId} AND status = 'pending' AND wait IS NOT NULL
    RETURNING trigger`
  return rows.map(({ trigger }) => trigger)
}
