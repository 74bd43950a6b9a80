import { Button, Field } from '@posthorn/ui'
import { makeSecret } from '../parts/made-secrets.tsx'
import { useHost } from '../source-host.tsx'
import { t } from '../text.ts'

export interface SecretFieldProps {
  /** As the provider calls it. */
  readonly label: string
  readonly value: string
  readonly onChange: (value: string) => void
  /** It is for us to make up. */
  readonly isMade: boolean
  readonly hint?: string
  readonly error?: string | undefined
}

/** Readable while it is entered: it is pasted from another page, and checked by eye. */
export function SecretField({ label, value, onChange, isMade, hint, error }: SecretFieldProps) {
  const { CopyButton } = useHost()
  return (
    <div className="stack stack-small">
      <Field label={label} error={error} {...(hint === undefined ? {} : { hint })}>
        {(control) => (
          <textarea
            {...control}
            className="input mono"
            rows={value.includes('\n') ? 6 : 1}
            autoComplete="off"
            spellCheck={false}
            value={value}
            onChange={({ target }) => onChange(target.value)}
          />
        )}
      </Field>
      {isMade && (
        <div className="row">
          <Button size="small" onClick={() => onChange(makeSecret())}>
            {t('secret.make')}
          </Button>
          {value !== '' && <CopyButton what={label} text={() => value} />}
        </div>
      )}
    </div>
  )
}
