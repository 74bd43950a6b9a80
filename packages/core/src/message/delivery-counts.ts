import { countDeliveries, type Database, type DeliveryProgress } from '@posthorn/db'
import type { AppScope } from '../actor.ts'

/** How many deliveries of a message stand how, looked at up to `MAX_COUNTED` of them. */
export interface DeliveryCounts extends Readonly<Record<DeliveryProgress, number>> {
  readonly isCapped: boolean
}

const MAX_COUNTED = 100

/** By message; one without deliveries has nothing but zeros. */
export async function countDeliveriesOf(
  ctx: { readonly db: Database },
  scope: AppScope,
  messageIds: readonly string[],
): Promise<(messageId: string) => DeliveryCounts> {
  const rows =
    messageIds.length === 0
      ? []
      : await countDeliveries(ctx.db, scope, { messageIds, atMost: MAX_COUNTED })
  const byMessage = Map.groupBy(rows, (row) => row.messageId)
  return (messageId) => {
    const counts = { ...NONE }
    let total = 0
    for (const { progress, count } of byMessage.get(messageId) ?? []) {
      counts[progress] = count
      total += count
    }
    return { ...counts, isCapped: total === MAX_COUNTED }
  }
}

const NONE: Readonly<Record<DeliveryProgress, number>> = {
  pending: 0,
  retrying: 0,
  delivered: 0,
  failed: 0,
  canceled: 0,
}
