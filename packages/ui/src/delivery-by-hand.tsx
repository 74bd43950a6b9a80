import type { DeliveryStateOut } from '@posthorn/contracts'
import { DeliveryStatus } from './delivery-status.tsx'
import { doneByText } from './done-by.ts'
import { VisibleText } from './visible-text.tsx'
import { t } from './words.ts'

/** What came of sending it again, and who did: known when it is known. */
export function DeliveryByHand({ state }: { readonly state: DeliveryStateOut }) {
  const { statusText, by } = state
  const isQueued = statusText === 'pending' || statusText === 'sending'
  const text = by === null ? t('byHand') : t('byHand.by', { by: doneByText(by) })
  return (
    <p className="row small" role="status">
      <VisibleText text={text} />{' '}
      {isQueued ? t('byHand.queued') : <DeliveryStatus status={statusText} />}
    </p>
  )
}
