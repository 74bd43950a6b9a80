import type { MessageStatus, MessageStatusText } from '@posthorn/contracts'
import type { DeliveryProgress } from '@posthorn/core'

interface WireStatus {
  readonly status: MessageStatus
  readonly statusText: MessageStatusText
}

const WIRE: Readonly<Record<DeliveryProgress, WireStatus>> = {
  delivered: { status: 0, statusText: 'success' },
  pending: { status: 1, statusText: 'pending' },
  failed: { status: 2, statusText: 'fail' },
  retrying: { status: 3, statusText: 'sending' },
  canceled: { status: 4, statusText: 'canceled' },
}

const PROGRESS: readonly DeliveryProgress[] = [
  'delivered',
  'pending',
  'failed',
  'retrying',
  'canceled',
]

/** SDKs that don't know `canceled` see it as failed: only `expanded_statuses` tells them apart. */
export function presentStatus(progress: DeliveryProgress, isExpanded: boolean): WireStatus {
  return WIRE[progress === 'canceled' && !isExpanded ? 'failed' : progress]
}

/** What is shown as `status`. */
export function progressShownAs(
  status: MessageStatus | undefined,
  isExpanded: boolean,
): DeliveryProgress[] | undefined {
  if (status === undefined) return undefined
  return PROGRESS.filter((progress) => presentStatus(progress, isExpanded).status === status)
}
