import type { SourceTypeOut } from '@posthorn/contracts/ingest'
import { Field, formSecret } from '@posthorn/ui'
import { faultAt } from '../parts/failure.tsx'
import { t } from '../text.ts'

type Setting = SourceTypeOut['settings'][number]

export interface SettingFieldsProps {
  readonly settings: readonly Setting[]
  /** What stands there now. */
  readonly values: Readonly<Record<string, string | number | boolean>>
  /** Names that have a value that isn't shown. */
  readonly hidden: readonly string[]
  readonly error: Error | null
}

/** A field for each of a type's settings, named by the setting in its form. */
export function SettingFields({ settings, values, hidden, error }: SettingFieldsProps) {
  return settings.map((setting) => {
    const { name, label, required, choices } = setting
    const isSet = hidden.includes(name)
    const value = String(values[name] ?? '')
    const fault = faultAt(error, 'config', name) ?? faultAt(error, 'configChanges', name)
    const hint = isSet ? { hint: t('setting.hidden') } : {}
    return (
      <Field key={name} label={label} error={fault} {...hint}>
        {(control) =>
          choices.length > 0 ? (
            <Choice {...control} name={fieldName(name)} choices={choices} value={value} />
          ) : name === 'items' || name === 'payload' ? (
            <textarea
              {...control}
              className="input mono"
              name={fieldName(name)}
              rows={3}
              defaultValue={value}
            />
          ) : (
            <input
              {...control}
              className="input mono"
              autoComplete="off"
              name={fieldName(name)}
              required={required && !isSet}
              defaultValue={value}
            />
          )
        }
      </Field>
    )
  })
}

interface ChoiceProps {
  readonly name: string
  readonly choices: readonly string[]
  readonly value: string
}

function Choice({ choices, value, ...rest }: ChoiceProps) {
  return (
    <select className="input" defaultValue={value} {...rest}>
      <option value="">{t('setting.usual', { value: choices[0] ?? '' })}</option>
      {choices.map((choice) => (
        <option key={choice} value={choice}>
          {choice}
        </option>
      ))}
    </select>
  )
}

/** Apart from the form's own fields, whatever a setting is called. */
function fieldName(setting: string): string {
  return `setting ${setting}`
}

/** What was entered; what is blank is left out. */
export function readSettings(
  form: HTMLFormElement,
  settings: readonly Setting[],
): Record<string, string> {
  return Object.fromEntries(
    settings.flatMap(({ name }) => {
      const value = formSecret(form, fieldName(name))
      return value === '' ? [] : [[name, value]]
    }),
  )
}
