import type { RecoverManyEstimateOut, RetriedOut } from '@posthorn/contracts'
import { useTransport } from '../../../lib/session.tsx'
import { ofTypes } from '../api/recover-queries.ts'
import type { Selection } from '../selection.ts'
import type { Span } from '../window.ts'
import { RetryRest } from './retry-rest.ts'

export interface RetryManyProps {
  readonly found: RecoverManyEstimateOut
  readonly selection: Selection
  /** Empty: all. */
  readonly types: readonly string[]
  readonly span: Span
}

/** For hours after an outage most of it has not failed for good: it waits for its next attempt. */
export function RetryMany({ found, selection, types, span }: RetryManyProps) {
  const transport = useTransport()
  const retry = () => {
    const body = { ...selection, ...ofTypes(types), ...span }
    return transport.json<RetriedOut>({ method: 'POST', path: '/support/retry-now', body })
  }
  return <RetryRest key={[span.since, ...types].join()} retrying={found.retrying} retry={retry} />
}
