import type { ReceivedResponse } from './outcome.ts'

/** What a receiver asks by the header `webhook-delivery`, whatever its status. */
export type DeliveryWish = 'disable' | 'abort-message'

export function deliveryWish({ headers }: ReceivedResponse): DeliveryWish | null {
  const text = headers['webhook-delivery']?.trim().toLowerCase()
  return text === 'disable' || text === 'abort-message' ? text : null
}
