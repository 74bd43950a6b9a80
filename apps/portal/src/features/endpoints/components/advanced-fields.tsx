import { Field, formatNumber, formatSpan } from '@posthorn/ui'
import { roundedSeconds } from '../../../lib/rounded-seconds.ts'
import { t } from '../../../lib/text.ts'
import type { EndpointDraft } from './endpoint-draft.ts'

export interface AdvancedFieldsProps {
  readonly draft: EndpointDraft
  readonly change: (part: Partial<EndpointDraft>) => void
  readonly faults: ReadonlyMap<string, string>
  /** How many deliveries wait; null: of a new one. */
  readonly waiting: number | null
}

const TEXTS = ['channels', 'throttleRate', 'retrySchedule'] as const
/** What is chosen once: later the secret is rotated, and the endpoint disabled, each by an action of its own. */
const OF_NEW = [...TEXTS, 'secret'] as const

export function AdvancedFields({ draft, change, faults, waiting }: AdvancedFieldsProps) {
  const isNew = waiting === null
  const names = isNew ? OF_NEW : TEXTS
  const hasFault = names.some((name) => faults.has(name))
  return (
    <details className="card" open={hasFault || !isNew}>
      <summary>
        <strong>{t('form.advanced')}</strong>
      </summary>
      <div className="stack advanced">
        {names.map((name) => (
          <Field
            key={name}
            label={t(`form.${name}`)}
            hint={name === 'throttleRate' ? rateHint(draft, waiting) : t(`form.${name}.hint`)}
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
        {isNew && (
          <label className="check-row">
            <input
              type="checkbox"
              checked={draft.disabled}
              onChange={({ target }) => change({ disabled: target.checked })}
            />
            {t('form.disabled')}
          </label>
        )}
      </div>
    </details>
  )
}

/** What a rate would mean for what waits. */
function rateHint({ throttleRate }: EndpointDraft, waiting: number | null): string {
  const hint = t('form.throttleRate.hint')
  const rate = Number(throttleRate.trim())
  if (waiting === null || waiting === 0 || !(rate > 0)) return hint
  const time = formatSpan(roundedSeconds(Math.ceil(waiting / rate)))
  return `${hint} ${t('form.throttleRate.drain', { n: formatNumber(waiting), time })}`
}
