import type { SourceTypeOut } from '@posthorn/contracts/ingest'
import { Notice } from '@posthorn/ui'
import { t } from '../text.ts'

export interface NoVerificationProps {
  readonly type: SourceTypeOut
  readonly isOpen: boolean
  readonly onChange: (isOpen: boolean) => void
}

/** Where there is something to verify, the choice not to; named `open` in its form. */
export function NoVerification({ type, isOpen, onChange }: NoVerificationProps) {
  if (type.unverified || type.isSchedule) return null
  return (
    <div className="stack stack-small">
      <label className="source-checkbox">
        <input
          type="checkbox"
          name="open"
          checked={isOpen}
          onChange={({ target }) => onChange(target.checked)}
        />
        {t('noVerification')}
      </label>
      {isOpen && <Notice tone="warn" title={t('unverified.text')} />}
    </div>
  )
}
