import { instantOf, localMinute } from '@posthorn/ui'
import { t } from '../lib/text.ts'
import { BETWEEN, type FilterValues, isSpan } from './filter-names.ts'

const HOURS = ['1', '24', '168', '672'] as const
const HOUR_MS = 3_600_000

export interface TimeFilterProps {
  readonly values: FilterValues
  readonly set: (values: Partial<FilterValues>) => void
}

/** The last hours, or from one moment to another. */
export function TimeFilter({ values, set }: TimeFilterProps) {
  const isBetween = isSpan(values)
  return (
    <>
      <select
        className="input"
        aria-label={t('list.filter.time')}
        value={isBetween ? BETWEEN : values.hours}
        onChange={({ target }) => set({ hours: target.value, from: '', until: '' })}
      >
        <option value="">{t('list.filter.anyTime')}</option>
        {HOURS.map((hours) => (
          <option key={hours} value={hours}>
            {t(`list.hours.${hours}`)}
          </option>
        ))}
        <option value={BETWEEN}>{t('list.hours.between')}</option>
      </select>
      {isBetween &&
        (['from', 'until'] as const).map((name) => (
          <input
            key={name}
            className="input"
            type="datetime-local"
            aria-label={t(`list.filter.${name}`)}
            value={localMinute(values[name])}
            // Still a span when both are empty: the fields stay while one is typed anew.
            onChange={({ target }) => set({ hours: BETWEEN, [name]: instantOf(target.value) })}
          />
        ))}
    </>
  )
}

/** What the api is asked for, at this moment. */
export function windowOf(values: FilterValues): { after: string; before?: string } {
  if (isSpan(values)) return { after: instantOf(values.from), before: instantOf(values.until) }
  const hours = Number(values.hours)
  return { after: hours > 0 ? instantOf(Date.now() - hours * HOUR_MS) : '' }
}
