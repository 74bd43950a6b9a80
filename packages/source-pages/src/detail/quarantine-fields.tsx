import type { SourceOut } from '@posthorn/contracts/ingest'
import { formatNumber, formText } from '@posthorn/ui'
import type { SourceFields } from '../api/source-actions.ts'
import { faultAt } from '../parts/failure.tsx'
import { TextField } from '../parts/text-field.tsx'
import { t, type TextKey } from '../text.ts'

type Limit = 'quarantineRequests' | 'quarantineBytes' | 'quarantineDays'

interface LimitField {
  readonly name: Limit
  readonly label: TextKey
  readonly hint: TextKey
  readonly min: number
  readonly max: number
}

/** What the api takes; beyond that it says so itself, as it does of all that they come to together. */
const LIMITS: readonly LimitField[] = [
  {
    name: 'quarantineRequests',
    label: 'field.quarantineRequests',
    hint: 'field.quarantineRequests.hint',
    min: 0,
    max: 10_000,
  },
  {
    name: 'quarantineBytes',
    label: 'field.quarantineBytes',
    hint: 'field.quarantineBytes.hint',
    min: 1,
    max: 5_000_000,
  },
  {
    name: 'quarantineDays',
    label: 'field.quarantineDays',
    hint: 'field.quarantineDays.hint',
    min: 1,
    max: 30,
  },
]

export interface QuarantineFieldsProps {
  readonly options: SourceOut['options']
  readonly error: Error | null
}

/** How much of what is refused is kept, and how long. */
export function QuarantineFields({ options, error }: QuarantineFieldsProps) {
  return (
    <fieldset className="source-fieldset stack">
      <legend>{t('settings.quarantine')}</legend>
      {LIMITS.map(({ name, label, hint, min, max }) => (
        <TextField
          key={name}
          label={t(label)}
          hint={t(hint, { max: formatNumber(max) })}
          name={name}
          type="number"
          required
          min={min}
          max={max}
          step="1"
          defaultValue={options[name]}
          error={faultAt(error, 'options', name)}
        />
      ))}
    </fieldset>
  )
}

/** Nothing where the form has no such fields. */
export function readQuarantine(form: HTMLFormElement): NonNullable<SourceFields['options']> {
  const entered = LIMITS.map(({ name }) => [name, formText(form, name)] as const)
  return Object.fromEntries(
    entered.flatMap(([name, text]) => (text === '' ? [] : [[name, Number(text)]])),
  )
}
