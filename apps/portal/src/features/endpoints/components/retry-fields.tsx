import { t } from '../../../lib/text.ts'
import { DraftField, type DraftParts } from './draft-field.tsx'

/** A blank schedule is the installation's: that there is to be no retry is said on its own. */
export function RetryFields({ draft, change, faults }: DraftParts) {
  return (
    <>
      <label className="check-row">
        <input
          type="checkbox"
          checked={draft.isTriedOnce}
          onChange={({ target }) => change({ isTriedOnce: target.checked })}
        />
        {t('form.triedOnce')}
      </label>
      {!draft.isTriedOnce && (
        <DraftField
          name="retrySchedule"
          hint={t('form.retrySchedule.hint')}
          {...{ draft, change, faults }}
        />
      )}
    </>
  )
}
