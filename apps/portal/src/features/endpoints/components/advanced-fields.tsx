import { Field } from '@posthorn/ui'
import { t } from '../../../lib/text.ts'
import type { EndpointDraft } from './endpoint-draft.ts'

export interface AdvancedFieldsProps {
  readonly draft: EndpointDraft
  readonly change: (part: Partial<EndpointDraft>) => void
  readonly faults: ReadonlyMap<string, string>
}

const NAMES = ['channels', 'throttleRate', 'retrySchedule', 'secret'] as const

/** Of a new endpoint: later each has a card of its own, and the secret is rotated. */
export function AdvancedFields({ draft, change, faults }: AdvancedFieldsProps) {
  const hasFault = NAMES.some((name) => faults.has(name))
  return (
    <details className="card" open={hasFault}>
      <summary>
        <strong>{t('form.advanced')}</strong>
      </summary>
      <div className="stack advanced">
        {NAMES.map((name) => (
          <Field
            key={name}
            label={t(`form.${name}`)}
            hint={t(`form.${name}.hint`)}
            error={faults.get(name)}
          >
            {(control) => (
              <input
                {...control}
                className="input"
                autoComplete="off"
                inputMode={name === 'throttleRate' ? 'numeric' : 'text'}
                value={draft[name]}
                onChange={(event) => change({ [name]: event.target.value })}
              />
            )}
          </Field>
        ))}
        <label className="check-row">
          <input
            type="checkbox"
            checked={draft.disabled}
            onChange={({ target }) => change({ disabled: target.checked })}
          />
          {t('form.disabled')}
        </label>
      </div>
    </details>
  )
}
