import type { MessageAttemptOut } from '@posthorn/contracts'
import { VisibleText } from '@posthorn/ui'
import { hasText, t } from '../../../lib/text.ts'

/** Of an attempt without an answer: how far it got, and what was seen there. */
export function AttemptPhase({ attempt: { outcome } }: { readonly attempt: MessageAttemptOut }) {
  const { phase, detail } = outcome.params
  const key = `phase.${phase}`
  if (typeof phase !== 'string' || !hasText(key)) return null
  return (
    <p className="small">
      <strong>{t(key)}</strong>{' '}
      <span className="soft">{typeof detail === 'string' && <VisibleText text={detail} />}</span>
    </p>
  )
}
