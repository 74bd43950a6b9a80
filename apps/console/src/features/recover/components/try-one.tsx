import type { RecoverManyEstimateOut } from '@posthorn/contracts'
import { VisibleText } from '@posthorn/ui'
import { useState } from 'react'
import { Link } from '../../../lib/router.tsx'
import { t } from '../../../lib/text.ts'
import { useApplicationClient } from '../../../lib/use-application-client.ts'
import type { Span } from '../window.ts'
import { SendOneFirst } from './send-one-first.ts'

export interface TryOneProps {
  readonly found: RecoverManyEstimateOut
  readonly span: Span
  /** Empty: all. */
  readonly types: readonly string[]
  readonly recount: () => unknown
}

type Tried = RecoverManyEstimateOut['perEndpoint'][number]

/** Before all are sent: whether the endpoint that missed the most takes one. */
export function TryOne({ found, ...asked }: TryOneProps) {
  // The same one to the end: it has no longer missed the most once it took one.
  const [tried] = useState(() => (found.count > 1 ? found.perEndpoint[0] : undefined))
  return tried === undefined ? null : <Try tried={tried} {...asked} />
}

interface TryProps extends Omit<TryOneProps, 'found'> {
  readonly tried: Tried
}

function Try({ tried, span, types, recount }: TryProps) {
  const { appId, endpointId, url } = tried
  const client = useApplicationClient(appId)
  return (
    <div className="stack stack-small">
      <p className="small anywhere">
        <VisibleText text={t('recover.first', { url })} />
      </p>
      <SendOneFirst
        onArrived={recount}
        why={(messageId, text) => <Link to={`/messages/${appId}/${messageId}`}>{text}</Link>}
        eventTypes={types}
        {...{ client, endpointId, span }}
      />
    </div>
  )
}
