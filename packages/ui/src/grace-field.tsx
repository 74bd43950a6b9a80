import { Field } from './field.tsx'
import { Notice } from './notice.tsx'
import { t } from './words.ts'

const GRACES = ['0', '3600', '86400', '259200', '604800'] as const
export type Grace = (typeof GRACES)[number]
export const DEFAULT_GRACE: Grace = '86400'

interface GraceFieldProps {
  /** Seconds. */
  readonly grace: Grace
  readonly onChange: (grace: Grace) => void
}

/** How long the former secret signs beside the one that takes its place. */
export function GraceField({ grace, onChange }: GraceFieldProps) {
  const choose = (value: string) => onChange(GRACES.find((one) => one === value) ?? DEFAULT_GRACE)
  return (
    <>
      <Field label={t('grace.label')} hint={t('grace.hint')}>
        {(control) => (
          <select
            {...control}
            className="input"
            value={grace}
            onChange={({ target }) => choose(target.value)}
          >
            {GRACES.map((seconds) => (
              <option key={seconds} value={seconds}>
                {t(`grace.${seconds}`)}
              </option>
            ))}
          </select>
        )}
      </Field>
      {grace === '0' && (
        <Notice tone="warn">
          <p>{t('grace.none')}</p>
        </Notice>
      )}
    </>
  )
}
