import type { DeliveryStateOut } from '@posthorn/contracts'
import { doneByText } from './done-by.ts'
import { VisibleText } from './visible-text.tsx'
import { hasText, t } from './words.ts'

/** Why nothing more is sent, and by whom; nothing unless it was canceled. */
export function DeliveryCanceled({ state }: { readonly state: DeliveryStateOut }) {
  if (state.statusText !== 'canceled') return null
  return (
    <p className="small">
      <VisibleText text={reasonOf(state)} />
    </p>
  )
}

function reasonOf({ cause, by }: DeliveryStateOut): string {
  const key = `canceled.${cause}`
  if (hasText(key)) return t(key)
  return by === null ? t('canceled') : t('canceled.by', { by: doneByText(by) })
}
