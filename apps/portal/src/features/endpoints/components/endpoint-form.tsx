import type { EndpointFields } from '@posthorn/client'
import { Button, Field, Notice } from '@posthorn/ui'
import { type FormEvent, type RefObject, useEffect, useRef, useState } from 'react'
import { EventTypePicker } from '../../../components/event-type-picker.tsx'
import { describeError } from '../../../components/query-view.tsx'
import { faultsOf } from '../../../lib/faults.ts'
import { t } from '../../../lib/text.ts'
import { checkUrl } from '../../../lib/url-rules.ts'
import { AdvancedFields } from './advanced-fields.tsx'
import { draftFields, type EndpointDraft, filterOf, isSameDraft } from './endpoint-draft.ts'
import { FilterPreview } from './filter-preview.tsx'
import { LeaveDialog } from './leave-dialog.tsx'
import { isFaultyHeader } from './typed-header.ts'
import { UrlField } from './url-field.tsx'

export interface EndpointFormProps {
  readonly initial: EndpointDraft
  readonly submitLabel: string
  readonly isSaving: boolean
  readonly error: Error | null
  readonly onSubmit: (fields: EndpointFields) => void
}

/** All of a new endpoint on one page; a refusal stands beside the field that it is about. */
export function EndpointForm({ initial, submitLabel, ...saving }: EndpointFormProps) {
  const [draft, setDraft] = useState(initial)
  const [sent, setSent] = useState(initial)
  const form = useFirstFault(saving.error)
  const change = (part: Partial<EndpointDraft>) => setDraft({ ...draft, ...part })
  const faults = faultsOf(saving.error)
  const finding = checkUrl(draft.url)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (saving.isSaving) return
    if (finding?.kind === 'fault' || isFaultyHeader(draft.typedHeader)) return goToFault(form)
    setSent(draft)
    saving.onSubmit(draftFields(draft, true))
  }
  const isDirty = saving.error !== null || !isSameDraft(draft, sent)
  return (
    <form ref={form} className="stack" onSubmit={submit} noValidate>
      <LeaveDialog isDirty={isDirty} />
      {saving.error !== null && faults.size === 0 && (
        <Notice tone="bad" isAlert title={t('form.failed')}>
          <p>{describeError(saving.error)}</p>
        </Notice>
      )}
      <UrlField
        url={draft.url}
        endpointId={null}
        error={faults.get('url')}
        onChange={(url) => change({ url })}
      />
      <DescriptionField draft={draft} change={change} />
      <Filtering {...{ draft, change, faults }} />
      <AdvancedFields {...{ draft, change, faults }} />
      <div className="row">
        <Button type="submit" kind="primary" disabled={saving.isSaving || draft.url.trim() === ''}>
          {submitLabel}
        </Button>
      </div>
    </form>
  )
}

/** Whoever was refused begins at the first field that is at fault. */
function useFirstFault(error: Error | null) {
  const form = useRef<HTMLFormElement>(null)
  useEffect(() => {
    if (error !== null) goToFault(form)
  }, [error])
  return form
}

/** It may be in a part that is closed. */
function goToFault(form: RefObject<HTMLFormElement | null>) {
  const field = form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')
  const closed = field?.closest<HTMLDetailsElement>('details:not([open])')
  if (closed != null) closed.open = true
  field?.focus()
}

interface PartProps {
  readonly draft: EndpointDraft
  readonly change: (part: Partial<EndpointDraft>) => void
}

interface FilteringProps extends PartProps {
  readonly faults: ReadonlyMap<string, string>
}

function Filtering({ draft, change, faults }: FilteringProps) {
  return (
    <section className="stack stack-small">
      <h2>{t('form.filtering')}</h2>
      <EventTypePicker
        value={draft.eventTypes}
        onChange={(eventTypes) => change({ eventTypes })}
        error={faults.get('eventTypes') ?? faults.get('filterTypes')}
      />
      <FilterPreview {...filterOf(draft)} />
    </section>
  )
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
