import { t } from '../lib/text.ts'
import { TextField } from './text-field.tsx'

export interface DaysFieldsProps {
  /** What holds without a choice made here. */
  readonly inherited: { readonly days: number; readonly label: string }
  readonly isInherited: boolean
  readonly onInherit: (isInherited: boolean) => void
  readonly typed: string
  readonly onType: (text: string) => void
  readonly hint: string
  readonly max: number
  readonly error: string | undefined
}

/** Days of one's own, or those that are inherited. */
export function DaysFields(props: DaysFieldsProps) {
  const { inherited, isInherited, onInherit, typed, onType, hint, max, error } = props
  return (
    <>
      <label className="choice">
        <input
          type="checkbox"
          checked={isInherited}
          onChange={({ target }) => onInherit(target.checked)}
        />
        {inherited.label}
      </label>
      <TextField
        label={t('retention.field')}
        hint={hint}
        name="days"
        type="number"
        min={1}
        max={max}
        required
        disabled={isInherited}
        value={isInherited ? String(inherited.days) : typed}
        onChange={({ target }) => onType(target.value)}
        error={error}
      />
    </>
  )
}
