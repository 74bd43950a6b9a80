import type { EndpointDelivery } from '@posthorn/db'

type Judged = Omit<EndpointDelivery, 'isOfType'>

/** Messages that failed for good: nothing of them is under way, and no attempt by hand delivered them. */
export function lostMessageIds(rows: readonly Judged[]): string[] {
  const verdicts = new Map<string, boolean>()
  for (const row of rows) {
    verdicts.set(row.messageId, isLost(row) && (verdicts.get(row.messageId) ?? true))
  }
  return [...verdicts].filter(([, isLostForGood]) => isLostForGood).map(([messageId]) => messageId)
}

function isLost({ status, cause }: Judged): boolean {
  return status === 'failed' || (status === 'canceled' && cause === 'endpoint_disabled')
}
