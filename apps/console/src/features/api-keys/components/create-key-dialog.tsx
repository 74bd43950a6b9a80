import type { ApiKeyCreatedOut } from '@posthorn/contracts'
import { Dialog, Field } from '@posthorn/ui'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { FormButtons } from '../../../components/form-buttons.tsx'
import { faultOf, FormError } from '../../../components/form-error.tsx'
import { ShownOnce } from '../../../components/shown-once.tsx'
import { TextField } from '../../../components/text-field.tsx'
import { formText } from '../../../lib/form-text.ts'
import { useMayAs, useTransport } from '../../../lib/session.tsx'
import { t } from '../../../lib/text.ts'

const SCOPES = ['read', 'write', 'publish', 'admin'] as const
const DAY_SECONDS = 86_400
const DAYS = [30, 90, 365] as const

export function CreateKeyDialog({ onClose }: { readonly onClose: () => void }) {
  const transport = useTransport()
  const queries = useQueryClient()
  const create = useMutation({
    mutationFn: (body: object) =>
      transport.json<ApiKeyCreatedOut>({ method: 'POST', path: '/api-key', body }),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['/api-key'] }),
  })
  const onSubmit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    create.mutate(bodyOf(event.currentTarget))
  }
  if (create.data !== undefined)
    return (
      <ShownOnce
        title={t('apiKeys.created.title', { name: create.data.name })}
        what={t('apiKeys.key')}
        text={create.data.key}
        onClose={onClose}
      />
    )
  return (
    <Dialog title={t('apiKeys.create')} onClose={onClose}>
      <form className="stack" onSubmit={onSubmit}>
        <TextField
          label={t('field.name')}
          hint={t('apiKeys.name.hint')}
          name="name"
          required
          maxLength={256}
          autoFocus
          error={faultOf(create.error, 'name')}
        />
        <Scopes error={faultOf(create.error, 'scopes')} />
        <Applications error={faultOf(create.error, 'applications')} />
        <Expiry />
        <FormError error={create.error} />
        <FormButtons
          submit={t('apiKeys.create.submit')}
          isPending={create.isPending}
          onCancel={onClose}
        />
      </form>
    </Dialog>
  )
}

function bodyOf(form: HTMLFormElement): object {
  const days = Number(formText(form, 'days'))
  return {
    name: formText(form, 'name'),
    scopes: new FormData(form).getAll('scope'),
    applications: formText(form, 'applications')
      .split(/[\s,]+/)
      .filter((name) => name !== ''),
    expiresInSeconds: days === 0 ? null : days * DAY_SECONDS,
  }
}

function Applications({ error }: { readonly error: string | undefined }) {
  return (
    <Field label={t('apiKeys.only')} hint={t('apiKeys.only.hint')} error={error}>
      {(control) => <textarea className="input mono" name="applications" rows={2} {...control} />}
    </Field>
  )
}

function Expiry() {
  return (
    <Field label={t('apiKeys.expiry')}>
      {(control) => (
        <select className="input" name="days" {...control}>
          <option value="0">{t('apiKeys.expiry.none')}</option>
          {DAYS.map((days) => (
            <option key={days} value={days}>
              {t('apiKeys.expiry.days', { n: days })}
            </option>
          ))}
        </select>
      )}
    </Field>
  )
}

function Scopes({ error }: { readonly error: string | undefined }) {
  const isOwner = useMayAs('owner')
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set(['publish']))
  const toggle = (scope: string) => {
    const next = new Set(chosen)
    if (!next.delete(scope)) next.add(scope)
    setChosen(next)
  }
  return (
    <fieldset className="stack stack-small">
      <legend className="field-label">{t('apiKeys.scopes')}</legend>
      {SCOPES.filter((scope) => isOwner || scope !== 'admin').map((scope) => (
        <label key={scope} className="choice">
          <input
            type="checkbox"
            name="scope"
            value={scope}
            checked={chosen.has(scope)}
            onChange={() => toggle(scope)}
          />
          <span>
            <strong>{scope}</strong> <span className="soft">{t(`apiKeys.scope.${scope}`)}</span>
          </span>
        </label>
      ))}
      {error !== undefined && <p className="field-error small">{error}</p>}
    </fieldset>
  )
}
