import { Field, formatTime, formatUtc } from '@posthorn/ui'
import { t } from '../../../lib/text.ts'
import { spanOf, type WindowChoice, WINDOWS } from '../window.ts'

export interface WindowFieldProps {
  readonly choice: WindowChoice
  readonly onChange: (part: Partial<WindowChoice>) => void
}

export function WindowField({ choice, onChange }: WindowFieldProps) {
  const span = spanOf(choice)
  return (
    <>
      <Field
        label={t('recover.window')}
        hint={
          span === null ? (
            t('recover.window.incomplete')
          ) : (
            <>
              {formatTime(span.since)} – {formatTime(span.until)} ({formatUtc(span.since)} –{' '}
              {formatUtc(span.until)})
            </>
          )
        }
      >
        {(control) => (
          <select
            {...control}
            className="input"
            value={choice.name}
            onChange={({ target }) => onChange({ name: target.value })}
          >
            {choice.failingSince !== null && (
              <option value="since">{t('recover.window.since')}</option>
            )}
            {WINDOWS.map((hours) => (
              <option key={hours} value={hours}>
                {t(`recover.window.${hours}`)}
              </option>
            ))}
            <option value="exact">{t('recover.window.exact')}</option>
          </select>
        )}
      </Field>
      {choice.name === 'exact' && <ExactFields choice={choice} onChange={onChange} />}
    </>
  )
}

function ExactFields({ choice, onChange }: WindowFieldProps) {
  return (
    <div className="recover-ways">
      {(['from', 'to'] as const).map((name) => (
        <Field key={name} label={t(`recover.window.${name}`)}>
          {(control) => (
            <input
              {...control}
              className="input"
              type="datetime-local"
              value={choice[name]}
              onChange={({ target }) => onChange({ [name]: target.value })}
            />
          )}
        </Field>
      ))}
    </div>
  )
}
