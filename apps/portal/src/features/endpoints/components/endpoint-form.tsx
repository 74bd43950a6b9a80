import { ApiError, type EndpointFields } from '@posthorn/client'
import { Button, Field, Notice } from '@posthorn/ui'
import { type FormEvent, useState } from 'react'
import { EventTypePicker } from '../../../components/event-type-picker.tsx'
import { describeError } from '../../../components/query-view.tsx'
import { t } from '../../../lib/text.ts'
import { checkUrl } from '../../../lib/url-rules.ts'
import { draftFields, type EndpointDraft } from './endpoint-draft.ts'
import { UrlField } from './url-field.tsx'

export interface EndpointFormProps {
  readonly initial: EndpointDraft
  /** Null: it is a new one. */
  readonly endpointId: string | null
  readonly submitLabel: string
  readonly isSaving: boolean
  readonly error: Error | null
  readonly onSubmit: (fields: EndpointFields) => void
}

/** One page for adding and editing; a refusal stands beside the field that it is about. */
export function EndpointForm({ initial, endpointId, submitLabel, ...saving }: EndpointFormProps) {
  const isNew = endpointId === null
  const [draft, setDraft] = useState(initial)
  const change = (part: Partial<EndpointDraft>) => setDraft({ ...draft, ...part })
  const faults = faultsOf(saving.error)
  const finding = checkUrl(draft.url)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (finding?.kind === 'fault' || saving.isSaving) return
    saving.onSubmit(draftFields(draft, isNew))
  }
  return (
    <form className="stack" onSubmit={submit} noValidate>
      {saving.error !== null && faults.size === 0 && (
        <Notice tone="bad" isAlert title={t('form.failed')}>
          <p>{describeError(saving.error)}</p>
        </Notice>
      )}
      <UrlField
        url={draft.url}
        endpointId={endpointId}
        error={faults.get('url')}
        onChange={(url) => change({ url })}
      />
      <DescriptionField draft={draft} change={change} />
      <section className="stack stack-small">
        <h2>{t('form.filtering')}</h2>
        <EventTypePicker
          value={draft.eventTypes}
          onChange={(eventTypes) => change({ eventTypes })}
          error={faults.get('eventTypes') ?? faults.get('filterTypes')}
        />
      </section>
      <AdvancedFields draft={draft} change={change} faults={faults} isNew={isNew} />
      <div className="row">
        <Button type="submit" kind="primary" disabled={saving.isSaving || draft.url.trim() === ''}>
          {submitLabel}
        </Button>
      </div>
    </form>
  )
}

function faultsOf(error: Error | null): ReadonlyMap<string, string> {
  if (!(error instanceof ApiError)) return new Map()
  return new Map(error.faults.map(({ loc, msg }) => [loc[1] ?? '', msg]))
}

interface PartProps {
  readonly draft: EndpointDraft
  readonly change: (part: Partial<EndpointDraft>) => void
}

function DescriptionField({ draft, change }: PartProps) {
  return (
    <Field label={t('form.description')}>
      {(control) => (
        <input
          {...control}
          className="input"
          maxLength={1000}
          value={draft.description}
          onChange={(event) => change({ description: event.target.value })}
        />
      )}
    </Field>
  )
}

interface AdvancedProps extends PartProps {
  readonly faults: ReadonlyMap<string, string>
  readonly isNew: boolean
}

const ADVANCED = ['channels', 'throttleRate', 'retrySchedule'] as const

function AdvancedFields({ draft, change, faults, isNew }: AdvancedProps) {
  const hasFault = ADVANCED.some((name) => faults.has(name))
  return (
    <details className="card" open={hasFault || !isNew}>
      <summary>
        <strong>{t('form.advanced')}</strong>
      </summary>
      <div className="stack advanced">
        {ADVANCED.map((name) => (
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
                inputMode={name === 'throttleRate' ? 'numeric' : 'text'}
                value={draft[name]}
                onChange={(event) => change({ [name]: event.target.value })}
              />
            )}
          </Field>
        ))}
      </div>
    </details>
  )
}
