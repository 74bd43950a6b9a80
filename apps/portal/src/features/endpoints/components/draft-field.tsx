import { Field } from '@posthorn/ui'
import { t } from '../../../lib/text.ts'
import type { EndpointDraft } from './endpoint-draft.ts'

/** What the fields of a draft work on. */
export interface DraftParts {
  readonly draft: EndpointDraft
  readonly change: (part: Partial<EndpointDraft>) => void
  /** What the server refused, by field. */
  readonly faults: ReadonlyMap<string, string>
}

interface DraftFieldProps extends DraftParts {
  readonly name: 'description' | 'channels' | 'throttleRate' | 'retrySchedule' | 'secret' | 'uid'
  readonly hint?: string
}

/** One line of an endpoint's draft. */
export function DraftField({ name, draft, change, faults, hint }: DraftFieldProps) {
  return (
    <Field
      label={t(`form.${name}`)}
      error={faults.get(name)}
      {...(hint === undefined ? {} : { hint })}
    >
      {(control) => (
        <input
          {...control}
          className="input"
          autoComplete="off"
          inputMode={name === 'throttleRate' ? 'numeric' : 'text'}
          value={draft[name]}
          onChange={({ target }) => change({ [name]: target.value })}
        />
      )}
    </Field>
  )
}
