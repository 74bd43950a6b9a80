import type { ApplicationOut } from '@posthorn/contracts'
import { Dialog, Field } from '@posthorn/ui'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { FormButtons } from '../../../components/form-buttons.tsx'
import { faultOf, FormError } from '../../../components/form-error.tsx'
import { TextField } from '../../../components/text-field.tsx'
import { formText } from '../../../lib/form-text.ts'
import { navigate } from '../../../lib/router.tsx'
import { useTransport } from '../../../lib/session.tsx'
import { t } from '../../../lib/text.ts'

export interface ApplicationDialogProps {
  /** Absent: a new one. */
  readonly application?: ApplicationOut
  readonly onClose: () => void
}

export function ApplicationDialog({ application, onClose }: ApplicationDialogProps) {
  const [notJson, setNotJson] = useState<string | undefined>()
  const save = useSave(application, onClose)
  const onSubmit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const form = event.currentTarget
    const metadata = readMetadata(formText(form, 'metadata'))
    setNotJson(metadata === null ? t('applications.metadata.fault') : undefined)
    if (metadata === null) return
    const rate = formText(form, 'rate')
    save.mutate({
      name: formText(form, 'name'),
      uid: formText(form, 'uid') || null,
      throttleRate: rate === '' ? null : Number(rate),
      metadata,
    })
  }
  return (
    <Dialog
      title={application === undefined ? t('applications.create') : t('applications.edit')}
      onClose={onClose}
    >
      <form className="stack" onSubmit={onSubmit}>
        <Fields application={application} error={save.error} notJson={notJson} />
        <FormError error={save.error} />
        <FormButtons submit={t('action.save')} isPending={save.isPending} onCancel={onClose} />
      </form>
    </Dialog>
  )
}

function useSave(application: ApplicationOut | undefined, onClose: () => void) {
  const transport = useTransport()
  const queries = useQueryClient()
  return useMutation({
    mutationFn: (body: object) =>
      transport.json<ApplicationOut>(
        application === undefined
          ? { method: 'POST', path: '/app', body }
          : { method: 'PATCH', path: `/app/${application.id}`, body },
      ),
    onSuccess: async ({ id }) => {
      await queries.invalidateQueries({ queryKey: ['/support/application'] })
      await queries.invalidateQueries({ queryKey: ['/app'] })
      await queries.invalidateQueries({ queryKey: ['application', id] })
      onClose()
      if (application === undefined) navigate(`/applications/${id}`)
    },
  })
}

interface FieldsProps {
  readonly application: ApplicationOut | undefined
  readonly error: unknown
  readonly notJson: string | undefined
}

function Fields({ application, error, notJson }: FieldsProps) {
  return (
    <>
      <TextField
        label={t('field.name')}
        name="name"
        defaultValue={application?.name}
        required
        autoFocus
        error={faultOf(error, 'name')}
      />
      <TextField
        label={t('applications.uid')}
        hint={t('applications.uid.hint')}
        name="uid"
        defaultValue={application?.uid ?? ''}
        error={faultOf(error, 'uid')}
      />
      <TextField
        label={t('applications.rate')}
        hint={t('applications.rate.hint')}
        name="rate"
        type="number"
        min={1}
        defaultValue={application?.throttleRate ?? ''}
        error={faultOf(error, 'throttleRate')}
      />
      <Field
        label={t('applications.metadata')}
        hint={t('applications.metadata.hint')}
        error={notJson ?? faultOf(error, 'metadata')}
      >
        {(control) => (
          <textarea
            className="input mono"
            name="metadata"
            rows={4}
            defaultValue={JSON.stringify(application?.metadata ?? {}, null, 2)}
            {...control}
          />
        )}
      </Field>
    </>
  )
}

function readMetadata(text: string): object | null {
  try {
    const value: unknown = JSON.parse(text === '' ? '{}' : text)
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : null
  } catch {
    return null
  }
}
