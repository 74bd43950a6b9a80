import { TextField } from '../../../components/text-field.tsx'
import { t } from '../../../lib/text.ts'
import { readTypes } from '../selection.ts'

export interface TypesFieldProps {
  /** Null: what is typed can't be names. */
  readonly types: readonly string[] | null
  readonly onChange: (types: readonly string[] | null) => void
}

/** Taken with Enter or on leaving: half a name would be counted for nothing. */
export function TypesField({ types, onChange }: TypesFieldProps) {
  const take = (text: string) => {
    const read = readTypes(text)
    if (read?.join() !== types?.join()) onChange(read)
  }
  return (
    <TextField
      label={t('recover.types')}
      hint={t('recover.types.hint')}
      placeholder="invoice.paid, invoice.voided"
      spellCheck={false}
      defaultValue={types?.join(', ')}
      onBlur={({ target }) => take(target.value)}
      onKeyDown={({ key, currentTarget }) => {
        if (key === 'Enter') take(currentTarget.value)
      }}
      error={types === null ? t('recover.types.fault') : undefined}
    />
  )
}
