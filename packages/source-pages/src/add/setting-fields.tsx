import type { SourceTypeOut } from '@posthorn/contracts/ingest'
import { Field, formSecret } from '@posthorn/ui'
import { faultAt } from '../parts/failure.tsx'
import { hasText, t } from '../text.ts'

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
    const { name } = setting
    return (
      <SettingField
        key={name}
        setting={setting}
        value={String(values[name] ?? '')}
        isSet={hidden.includes(name)}
        error={error}
      />
    )
  })
}

interface FieldProps {
  readonly setting: Setting
  readonly value: string
  /** It has a value that isn't shown. */
  readonly isSet: boolean
  readonly error: Error | null
}

function SettingField({ setting, value, isSet, error }: FieldProps) {
  const { name, label, required, late, choices } = setting
  if (isYesOrNo(setting)) return <Tick name={name} label={label} isOn={value === 'true'} />
  const fault = faultAt(error, 'config', name) ?? faultAt(error, 'configChanges', name)
  const hint = hintOf(setting, isSet)
  return (
    <Field label={label} error={fault} {...(hint !== undefined && { hint })}>
      {(control) => {
        if (choices.length > 0) return <Choice {...control} setting={setting} value={value} />
        const common = { className: 'input mono', name: fieldName(name), defaultValue: value }
        if (LONG.has(name)) return <textarea {...control} {...common} rows={3} />
        const isAsked = required && !late && !isSet
        return <input {...control} {...common} autoComplete="off" required={isAsked} />
      }}
    </Field>
  )
}

const LONG = new Set(['items', 'payload'])

function hintOf({ late }: Setting, isSet: boolean): string | undefined {
  if (isSet) return t('setting.hidden')
  return late ? t('setting.late') : undefined
}

interface ChoiceProps {
  readonly setting: Setting
  readonly value: string
}

/** The first is meant where nothing is set, so it is what leaves the setting out. */
function Choice({ setting, value, ...rest }: ChoiceProps) {
  const { name, choices } = setting
  const [usual = '', ...others] = choices
  return (
    <select
      className="input"
      name={fieldName(name)}
      defaultValue={value === usual ? '' : value}
      {...rest}
    >
      <option value="">{choiceText(name, usual)}</option>
      {others.map((choice) => (
        <option key={choice} value={choice}>
          {choiceText(name, choice)}
        </option>
      ))}
    </select>
  )
}

/** In words where it is no technical term of the provider's. */
function choiceText(name: string, choice: string): string {
  const key = `choice.${name}.${choice}`
  return hasText(key) ? t(key) : choice
}

function isYesOrNo({ choices: [no, yes, ...others] }: Setting): boolean {
  return no === 'false' && yes === 'true' && others.length === 0
}

interface TickProps {
  readonly name: string
  readonly label: string
  readonly isOn: boolean
}

function Tick({ name, label, isOn }: TickProps) {
  return (
    <label className="source-checkbox">
      <input type="checkbox" name={fieldName(name)} value="true" defaultChecked={isOn} />
      {label}
    </label>
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
