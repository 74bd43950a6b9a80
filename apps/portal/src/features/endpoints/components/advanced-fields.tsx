import { t } from '../../../lib/text.ts'
import { DraftField, type DraftParts } from './draft-field.tsx'
import { NewHeaders } from './new-headers.tsx'
import { useRateHint } from './rate.tsx'
import { RetryFields } from './retry-fields.tsx'

const FAULTS = ['channels', 'throttleRate', 'retrySchedule', 'secret', 'headers']

/** Of a new endpoint: later each has a card of its own, and the secret is rotated. */
export function AdvancedFields({ draft, change, faults }: DraftParts) {
  const rateHint = useRateHint()
  const parts = { draft, change, faults }
  const hasFault = FAULTS.some((name) => faults.has(name))
  return (
    <details className="card" open={hasFault}>
      <summary>
        <strong>{t('form.advanced')}</strong>
      </summary>
      <div className="stack advanced">
        <DraftField name="channels" hint={t('form.channels.hint')} {...parts} />
        <DraftField name="throttleRate" hint={rateHint} {...parts} />
        <RetryFields {...parts} />
        <DraftField name="secret" hint={t('form.secret.hint')} {...parts} />
        <NewHeaders {...parts} />
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
