import type { RecoverManyEstimateOut, RetriedOut } from '@posthorn/contracts'
import { useTransport } from '../../../lib/session.tsx'
import type { Selection } from '../selection.ts'
import type { Span } from '../window.ts'
import { RetryRest } from './retry-rest.ts'

export interface RetryManyProps {
  readonly found: RecoverManyEstimateOut
  readonly selection: Selection
  readonly span: Span
}

/** For hours after an outage most of it has not failed for good: it waits for its next attempt. */
export function RetryMany({ found, selection, span }: RetryManyProps) {
  const transport = useTransport()
  const retry = () => {
    const body = { ...selection, ...span }
    return transport.json<RetriedOut>({ method: 'POST', path: '/support/retry-now', body })
  }
  return <RetryRest key={span.since} retrying={found.retrying} retry={retry} />
}
