import type { EndpointMessageOut } from '@posthorn/contracts'
import { causeOfCode, causeSentence } from './cause.tsx'
import { hasText, t } from './words.ts'

/** Why a message hasn't arrived at an endpoint of that URL; null where nothing is known to be wrong. */
export function deliveryCause(
  { statusText, cause, attempt }: Pick<EndpointMessageOut, 'statusText' | 'cause' | 'attempt'>,
  url: string,
): string | null {
  if (cause == null || statusText === 'success') return null
  const canceled = `canceled.${cause}`
  if (statusText !== 'canceled')
    // The attempt tells more than its code: how long, where to.
    return attempt?.outcome.code === cause ? causeSentence(attempt) : causeOfCode(cause, url)
  return hasText(canceled) ? t(canceled) : t('canceled')
}
