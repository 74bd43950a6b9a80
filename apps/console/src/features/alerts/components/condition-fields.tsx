import type { AlertOut } from '@posthorn/contracts'
import { Field, formatSpan } from '@posthorn/ui'
import { useState } from 'react'
import { faultOf } from '../../../components/form-error.tsx'
import { TextField } from '../../../components/text-field.tsx'
import { t } from '../../../lib/text.ts'
import { type Condition, CONDITIONS, DEFAULTS, REMINDERS, WINDOWS } from '../alert-defaults.ts'

interface ConditionFieldsProps {
  readonly alert: AlertOut | undefined
  readonly error: unknown
}

/** The threshold and the window mean something else for each condition, and begin with what fits it. */
export function ConditionFields({ alert, error }: ConditionFieldsProps) {
  const [condition, setCondition] = useState<Condition>(alert?.condition ?? 'endpoint_disabled')
  const begin = alert?.condition === condition ? alert : DEFAULTS[condition]
  return (
    <>
      <Field label={t('alerts.condition')} error={faultOf(error, 'condition')}>
        {(control) => (
          <select
            className="input"
            name="condition"
            value={condition}
            onChange={({ target }) => setCondition(conditionOf(target.value))}
            {...control}
          >
            {CONDITIONS.map((one) => (
              <option key={one} value={one}>
                {t(`alerts.condition.${one}`)}
              </option>
            ))}
          </select>
        )}
      </Field>
      <TextField
        key={`threshold ${condition}`}
        label={t(`alerts.threshold.${condition}`)}
        name="threshold"
        type="number"
        min={DEFAULTS[condition].step ?? 1}
        step={DEFAULTS[condition].step ?? 1}
        defaultValue={begin.threshold}
        required
        error={faultOf(error, 'threshold')}
      />
      <SpanField
        key={`window ${condition}`}
        name="window"
        label={t(`alerts.window.${condition}`)}
        options={WINDOWS}
        value={begin.windowSeconds}
      />
      <SpanField
        name="reminder"
        label={t('alerts.reminder')}
        options={REMINDERS}
        value={alert?.reminderSeconds ?? 0}
      />
    </>
  )
}

function conditionOf(text: string): Condition {
  return CONDITIONS.find((condition) => condition === text) ?? 'endpoint_disabled'
}

interface SpanFieldProps {
  readonly name: string
  readonly label: string
  readonly options: readonly number[]
  readonly value: number
}

/** A script may have set another span than those offered: it stays until another is chosen. */
function SpanField({ name, label, options, value }: SpanFieldProps) {
  const all = [...new Set([...options, value])].toSorted((a, b) => a - b)
  return (
    <Field label={label}>
      {(control) => (
        <select className="input" name={name} defaultValue={value} {...control}>
          {all.map((seconds) => (
            <option key={seconds} value={seconds}>
              {seconds === 0 ? t('alerts.reminder.none') : formatSpan(seconds)}
            </option>
          ))}
        </select>
      )}
    </Field>
  )
}
