import type { TriggeredEndpointOut } from '@posthorn/contracts/ingest'
import { Badge, VisibleText } from '@posthorn/ui'
import { t } from '../text.ts'

export interface TriggeredEndpointsProps {
  readonly endpoints: readonly TriggeredEndpointOut[]
}

/** Those whose filter names the source. What else receives by one of them is marked. */
export function TriggeredEndpoints({ endpoints }: TriggeredEndpointsProps) {
  return (
    <ul className="small plain-list">
      {endpoints.map(({ id, url, description, isShared }) => (
        <li key={id}>
          <VisibleText text={description === '' ? url : `${description}: ${url}`} />{' '}
          {isShared && <Badge tone="warn">{t('delete.shared')}</Badge>}
        </li>
      ))}
    </ul>
  )
}
