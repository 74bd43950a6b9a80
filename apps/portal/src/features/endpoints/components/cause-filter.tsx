import { causeSentence } from '@posthorn/ui'
import { t } from '../../../lib/text.ts'
import { useFailures } from '../api/use-failures.ts'

export interface CauseFilterProps {
  readonly endpointId: string
  /** Empty: any. */
  readonly value: string
  readonly onChange: (value: string) => void
}

/** Of what the newest attempts failed for. */
export function CauseFilter({ endpointId, value, onChange }: CauseFilterProps) {
  const { data } = useFailures(endpointId)
  const causes = (data?.byCause ?? []).map(({ newest }) => ({
    code: newest.outcome.code,
    text: causeSentence(newest),
  }))
  const isListed = value === '' || causes.some(({ code }) => code === value)
  return (
    <select
      className="input cause-filter"
      aria-label={t('list.filter.cause')}
      value={value}
      onChange={({ target }) => onChange(target.value)}
    >
      <option value="">{t('list.filter.anyCause')}</option>
      {!isListed && <option>{value}</option>}
      {causes.map(({ code, text }) => (
        <option key={code} value={code}>
          {text}
        </option>
      ))}
    </select>
  )
}
