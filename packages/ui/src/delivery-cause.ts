import type { EndpointMessageOut } from '@posthorn/contracts'
import { causeOfCode } from './cause.tsx'
import { hasText, t } from './words.ts'

/** Why a message hasn't arrived at an endpoint of that URL; null where nothing is known to be wrong. */
export function deliveryCause(
  { statusText, cause }: Pick<EndpointMessageOut, 'statusText' | 'cause'>,
  url: string,
): string | null {
  if (cause == null || statusText === 'success') return null
  const canceled = `canceled.${cause}`
  if (statusText !== 'canceled') return causeOfCode(cause, url)
  return hasText(canceled) ? t(canceled) : t('canceled')
}
