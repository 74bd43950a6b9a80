import { t } from '../lib/text.ts'
import { TextField } from './text-field.tsx'

export interface TypedDayProps {
  /** The one to type. */
  readonly day: string
  readonly typed: string
  readonly onType: (text: string) => void
}

/** Confirms what is lost for good, by the day that the loss reaches to. */
export function TypedDay({ day, typed, onType }: TypedDayProps) {
  return (
    <TextField
      label={t('retention.confirm', { day })}
      name="confirmation"
      autoComplete="off"
      value={typed}
      onChange={({ target }) => onType(target.value)}
    />
  )
}
