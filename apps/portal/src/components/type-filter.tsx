import { useIsPainted } from '@posthorn/ui'
import { useEventTypeNames } from '../lib/event-types.ts'
import { t } from '../lib/text.ts'

export interface TypeFilterProps {
  /** Empty: any. */
  readonly value: string
  readonly onChange: (value: string) => void
}

export function TypeFilter({ value, onChange }: TypeFilterProps) {
  const isPainted = useIsPainted()
  const types = useEventTypeNames({ isOn: isPainted }).data ?? []
  const names = new Set([...(isPainted ? types : []), ...(value === '' ? [] : [value])])
  return (
    <select
      className="input type-filter"
      aria-label={t('list.filter.type')}
      value={value}
      onChange={(event) => onChange(event.target.value)}
    >
      <option value="">{t('list.filter.anyType')}</option>
      {[...names].map((name) => (
        <option key={name}>{name}</option>
      ))}
    </select>
  )
}
