import type { EventTypeOut } from '@posthorn/contracts'
import { Button, Field, toast } from '@posthorn/ui'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { faultOf, FormError } from '../../../components/form-error.tsx'
import { TextField } from '../../../components/text-field.tsx'
import { formText } from '../../../lib/form-text.ts'
import { navigate } from '../../../lib/router.tsx'
import { useMayAs, useTransport } from '../../../lib/session.tsx'
import { t } from '../../../lib/text.ts'
import { latestSchema, readSchema, withSchema } from '../latest-schema.ts'
import { BreakingNotice } from './breaking-notice.tsx'
import { SchemaField } from './schema-field.tsx'

export interface EventTypeFormProps {
  /** Absent: a new one. */
  readonly eventType?: EventTypeOut
}

const VALIDATIONS = ['off', 'warn', 'reject'] as const

export function EventTypeForm({ eventType }: EventTypeFormProps) {
  const mayEdit = useMayAs('admin')
  const [schemaText, setSchemaText] = useState(() => latestSchema(eventType))
  const [isChecked, setIsChecked] = useState(false)
  const save = useSave(eventType)
  const onSubmit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const form = event.currentTarget
    const schema = readSchema(schemaText)
    if (schema === 'fault') return
    save.mutate(savedOf(form, withSchema(eventType, schema)))
  }
  return (
    <form className="card stack" onSubmit={onSubmit}>
      <h1>{eventType?.name ?? t('eventTypes.create')}</h1>
      {eventType === undefined && <NameField error={save.error} />}
      <fieldset className="stack" disabled={!mayEdit}>
        <Details eventType={eventType} error={save.error} />
        <SchemaField
          text={schemaText}
          onChange={(text) => {
            setSchemaText(text)
            setIsChecked(false)
          }}
          onChecked={setIsChecked}
          error={faultOf(save.error, 'schemas')}
        />
      </fieldset>
      <BreakingNotice before={objectOf(latestSchema(eventType))} after={objectOf(schemaText)} />
      <FormError error={save.error} />
      {mayEdit && (
        <div className="row">
          <Button
            kind="primary"
            type="submit"
            disabled={save.isPending || (schemaText.trim() !== '' && !isChecked)}
          >
            {t('action.save')}
          </Button>
        </div>
      )}
    </form>
  )
}

/** Null: there is none, or none yet. */
function objectOf(text: string): Readonly<Record<string, unknown>> | null {
  const schema = readSchema(text)
  return schema === null || schema === 'fault' ? null : { ...schema }
}

interface Saved {
  readonly name: string
  readonly body: object
}

function useSave(eventType: EventTypeOut | undefined) {
  const transport = useTransport()
  const queries = useQueryClient()
  return useMutation({
    mutationFn: ({ name, body }: Saved) =>
      transport.json<EventTypeOut>(
        eventType === undefined
          ? { method: 'POST', path: '/event-type', body: { name, ...body } }
          : { method: 'PATCH', path: `/event-type/${encodeURIComponent(eventType.name)}`, body },
      ),
    onSuccess: async ({ name }) => {
      toast(t('eventTypes.saved'))
      await queries.invalidateQueries({ queryKey: ['/event-type'] })
      await queries.invalidateQueries({ queryKey: ['event-type', name] })
      navigate(`/event-types/${encodeURIComponent(name)}`, { replace: true })
    },
  })
}

function savedOf(form: HTMLFormElement, schemas: object | null): Saved {
  const isOn = (name: string) => new FormData(form).get(name) === 'on'
  return {
    name: formText(form, 'name'),
    body: {
      description: formText(form, 'description'),
      groupName: formText(form, 'groupName') || null,
      deprecated: isOn('deprecated'),
      archived: isOn('archived'),
      schemaValidation: formText(form, 'schemaValidation'),
      schemas,
    },
  }
}

function NameField({ error }: { readonly error: unknown }) {
  return (
    <TextField
      label={t('field.name')}
      hint={t('eventTypes.name.hint')}
      name="name"
      required
      autoFocus
      pattern="[a-zA-Z0-9_.\-]+"
      error={faultOf(error, 'name')}
    />
  )
}

interface DetailsProps {
  readonly eventType: EventTypeOut | undefined
  readonly error: unknown
}

function Details({ eventType, error }: DetailsProps) {
  return (
    <>
      <TextField
        label={t('eventTypes.description')}
        name="description"
        defaultValue={eventType?.description}
        error={faultOf(error, 'description')}
      />
      <TextField
        label={t('eventTypes.group')}
        name="groupName"
        defaultValue={eventType?.groupName ?? ''}
        error={faultOf(error, 'groupName')}
      />
      <Validation eventType={eventType} />
      <Flags eventType={eventType} />
    </>
  )
}

function Validation({ eventType }: { readonly eventType: EventTypeOut | undefined }) {
  return (
    <Field label={t('eventTypes.validation')}>
      {(control) => (
        <select
          className="input"
          name="schemaValidation"
          defaultValue={eventType?.schemaValidation ?? 'warn'}
          {...control}
        >
          {VALIDATIONS.map((validation) => (
            <option key={validation} value={validation}>
              {t(`eventTypes.validation.${validation}`)}
            </option>
          ))}
        </select>
      )}
    </Field>
  )
}

function Flags({ eventType }: { readonly eventType: EventTypeOut | undefined }) {
  return (
    <div className="row">
      <label className="choice">
        <input type="checkbox" name="deprecated" defaultChecked={eventType?.deprecated ?? false} />
        {t('eventTypes.deprecated')}
      </label>
      <label className="choice">
        <input type="checkbox" name="archived" defaultChecked={eventType?.archived ?? false} />
        {t('eventTypes.archived.hint')}
      </label>
    </div>
  )
}
