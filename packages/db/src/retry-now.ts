import type { Transaction } from './database.ts'
import { Prisma } from './generated/client.ts'
import { groupByWeek } from './hot/week.ts'

export interface RetriedDelivery {
  readonly appId: string
  readonly messageId: string
  readonly endpointId: string
}

/**
 * Makes the scheduled retry due that waits for its time; false if none does. What somebody claimed, what waits
 * for its endpoint's turn and what was never attempted are left alone. The partition is named (see hot/week.ts).
 */
export async function retryNow(tx: Transaction, delivery: RetriedDelivery): Promise<boolean> {
  const [week = ''] = groupByWeek([delivery]).keys()
  const partition = Prisma.raw(`delivery_${week}`)
  const changed = await tx.$executeRaw`
    UPDATE ${partition} SET next_attempt_at = now()
     WHERE message_id = ${delivery.messageId} AND endpoint_id = ${delivery.endpointId}
       AND trigger = 'scheduled' AND app_id = ${delivery.appId}
       AND status = 'pending' AND wait = 'time' AND attempt_count > 0 AND next_attempt_at > now()`
  return changed > 0
}
