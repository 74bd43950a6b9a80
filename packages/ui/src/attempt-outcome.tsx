import type { MessageAttemptOut } from '@posthorn/contracts'
import { causeSentence } from './cause.tsx'
import { DeliveryStatus } from './delivery-status.tsx'
import { VisibleText } from './visible-text.tsx'

/** What an attempt came to, in a row of a list: how it stands, and why it failed. */
export function AttemptOutcome({ attempt }: { readonly attempt: MessageAttemptOut }) {
  return (
    <>
      <DeliveryStatus status={attempt.statusText} />
      {attempt.statusText !== 'success' && (
        <div className="small soft">
          <VisibleText text={causeSentence(attempt)} />
        </div>
      )}
    </>
  )
}
