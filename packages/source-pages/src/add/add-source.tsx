import { randomKey } from '@posthorn/client'
import type { SourceTypeOut } from '@posthorn/contracts/ingest'
import { Button, Empty, formText } from '@posthorn/ui'
import { type FormEvent, useRef, useState } from 'react'
import { useCreateSource } from '../api/source-actions.ts'
import { useSourceType } from '../api/source-queries.ts'
import { Caveat } from '../parts/caveat.tsx'
import { Failure, faultAt } from '../parts/failure.tsx'
import { labelsOf } from '../parts/labels.ts'
import { makeSecret, useMadeSecrets } from '../parts/made-secrets.tsx'
import { NoVerification } from '../parts/no-verification.tsx'
import { TextField } from '../parts/text-field.tsx'
import { comesAfterUrl, isSecretMade } from '../set-up/secret-order.ts'
import { SetUpSteps } from '../set-up/set-up-steps.tsx'
import { VendorDocument } from '../set-up/vendor-document.tsx'
import { useHost } from '../source-host.tsx'
import { t } from '../text.ts'
import { SecretField } from './secret-field.tsx'
import { readSettings, SettingFields } from './setting-fields.tsx'

export function AddSource({ type }: { readonly type: string }) {
  const { QueryView, Link } = useHost()
  const query = useSourceType(type)
  return (
    <div className="stack source-narrow">
      <p>
        <Link to="/sources/new">{t('add')}</Link>
      </p>
      <h1>{type === 'losant' ? labelsOf(type).add : (query.data?.name ?? t('add'))}</h1>
      <QueryView query={query} notFound={<Empty title={t('add.none')} />}>
        {(found) => <AddForm type={found} />}
      </QueryView>
    </div>
  )
}

function AddForm({ type }: { readonly type: SourceTypeOut }) {
  const { choosesApplication } = useHost()
  const create = useCreate(type)
  const [isOpen, setIsOpen] = useState(false)
  const { error } = create
  return (
    <>
      <section className="card stack stack-small" aria-label={t('setUp.title')}>
        <h2>{t('setUp.title')}</h2>
        <p className="soft small">
          {t('setUp.proof')} {type.proof}
        </p>
        <SetUpSteps steps={type.steps} url={null} secret={create.secret} />
        <VendorDocument type={type} />
      </section>
      <Caveat type={type} />
      <form className="card stack" onSubmit={create.submit}>
        <TextField
          label={t('field.name')}
          name="name"
          required
          maxLength={256}
          defaultValue={type.name}
          error={faultAt(error, 'name')}
        />
        {choosesApplication && (
          <TextField
            label={t('field.application')}
            hint={t('field.application.hint')}
            name="application"
            maxLength={256}
          />
        )}
        <SettingFields settings={type.settings} values={{}} hidden={[]} error={error} />
        <Secret type={type} create={create} isOpen={isOpen} />
        <NoVerification type={type} isOpen={isOpen} onChange={setIsOpen} />
        <Failure error={error} />
        <div className="row">
          <Button kind="primary" type="submit" disabled={create.isPending}>
            {labelsOf(type.type).create}
          </Button>
        </div>
      </form>
    </>
  )
}

type Create = ReturnType<typeof useCreate>

interface SecretProps {
  readonly type: SourceTypeOut
  readonly create: Create
  /** Nothing is verified. */
  readonly isOpen: boolean
}

function Secret({ type, create, isOpen }: SecretProps) {
  const { key, learnsSecret, known } = type
  if (key.field === 'none' || known === 'unconfirmed' || isOpen) return null
  if (learnsSecret) return <p className="soft">{t('secret.learned')}</p>
  if (comesAfterUrl(type)) return <p className="soft">{t('secret.later', { label: key.label })}</p>
  return (
    <SecretField
      label={key.label}
      value={create.secret}
      onChange={create.setSecret}
      isMade={isSecretMade(type)}
      error={faultAt(create.error, 'config', key.field)}
      {...(key.optional ? { hint: t('secret.optional') } : {})}
    />
  )
}

function useCreate(type: SourceTypeOut) {
  const { navigate } = useHost()
  const made = useMadeSecrets()
  const mutation = useCreateSource()
  const [secret, setSecret] = useState(() => (isSecretMade(type) ? makeSecret() : ''))
  const sent = useRef({ text: '', key: '' })
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const form = event.currentTarget
    const isOpen = formText(form, 'open') !== ''
    const application = formText(form, 'application')
    const body = {
      name: formText(form, 'name'),
      type: type.type,
      config: readSettings(form, type.settings),
      ...(application !== '' && { application }),
      ...(isOpen && { options: { noVerification: true } }),
      secrets: type.key.field === 'none' || isOpen || secret === '' ? [] : [secret.trim()],
    }
    const text = JSON.stringify(body)
    // Sent twice it is one source; changed in between it is another request.
    if (sent.current.text !== text) sent.current = { text, key: randomKey() }
    mutation.mutate(
      { body, key: sent.current.key },
      {
        onSuccess: ({ id }) => {
          if (isSecretMade(type) && !isOpen) made.remember(id, secret.trim())
          navigate(`/sources/${id}?tab=set-up`)
        },
      },
    )
  }
  return { error: mutation.error, isPending: mutation.isPending, secret, setSecret, submit }
}
