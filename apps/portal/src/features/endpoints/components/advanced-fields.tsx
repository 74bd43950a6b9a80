import { t } from '../../../lib/text.ts'
import { DraftField, type DraftParts } from './draft-field.tsx'
import { NewHeaders } from './new-headers.tsx'
import { useRateHint } from './rate.tsx'

const NAMES = ['channels', 'throttleRate', 'retrySchedule', 'secret'] as const

/** Of a new endpoint: later each has a card of its own, and the secret is rotated. */
export function AdvancedFields({ draft, change, faults }: DraftParts) {
  const rateHint = useRateHint()
  const hasFault = [...NAMES, 'headers'].some((name) => faults.has(name))
  return (
    <details className="card" open={hasFault}>
      <summary>
        <strong>{t('form.advanced')}</strong>
      </summary>
      <div className="stack advanced">
        {NAMES.map((name) => (
          <DraftField
            key={name}
            hint={name === 'throttleRate' ? rateHint : t(`form.${name}.hint`)}
            {...{ name, draft, change, faults }}
          />
        ))}
        <NewHeaders {...{ draft, change, faults }} />
        <label className="check-row">
          <input
            type="checkbox"
            checked={draft.disabled}
            onChange={({ target }) => change({ disabled: target.checked })}
          />
          {t('form.disabled')}
        </label>
      </div>
    </details>
  )
}
