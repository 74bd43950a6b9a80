import { ApiError } from '@posthorn/client'
import type { StaffSignInOptionsOut } from '@posthorn/contracts'
import { Button, Notice, useTitle } from '@posthorn/ui'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { FormError } from '../../../components/form-error.tsx'
import { TextField } from '../../../components/text-field.tsx'
import { formSecret, formText } from '../../../lib/form-text.ts'
import { ME, ownTransport } from '../../../lib/session.tsx'
import { t } from '../../../lib/text.ts'

interface Credentials {
  readonly email: string
  readonly password: string
  readonly code?: string
}

export function SignInPage() {
  useTitle(`${t('signIn.title')} · Posthorn`)
  return (
    <main className="page stack">
      <strong className="site-name">Posthorn</strong>
      <h1>{t('signIn.title')}</h1>
      <div className="card stack">
        <PasswordForm />
        <OpenId />
      </div>
    </main>
  )
}

function PasswordForm() {
  const queries = useQueryClient()
  const [known, setKnown] = useState<Credentials | null>(null)
  const signIn = useMutation({
    mutationFn: (body: Credentials) =>
      ownTransport.json({ method: 'POST', path: '/staff/sign-in', body }),
    onSuccess: () => queries.invalidateQueries({ queryKey: ME }),
    onError: (err, body) => {
      if (err instanceof ApiError && err.code === 'code_required') setKnown(body)
    },
  })
  const isAsked = signIn.error instanceof ApiError && signIn.error.code === 'code_required'
  const onSubmit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const form = event.currentTarget
    if (known !== null) return signIn.mutate({ ...known, code: formText(form, 'code') })
    signIn.mutate({ email: formText(form, 'email'), password: formSecret(form, 'password') })
  }
  return (
    <form className="stack" onSubmit={onSubmit}>
      {known === null ? <Names /> : <Code />}
      {!isAsked && <FormError error={signIn.error} />}
      <div className="row">
        <Button kind="primary" type="submit" disabled={signIn.isPending}>
          {t('signIn.submit')}
        </Button>
        {known !== null && (
          <Button kind="plain" onClick={() => setKnown(null)}>
            {t('signIn.other')}
          </Button>
        )}
      </div>
    </form>
  )
}

function Names() {
  return (
    <>
      <TextField
        label={t('field.email')}
        name="email"
        type="email"
        autoComplete="username"
        required
        autoFocus
      />
      <TextField
        label={t('field.password')}
        name="password"
        type="password"
        autoComplete="current-password"
        required
      />
    </>
  )
}

function Code() {
  return (
    <TextField
      key="code"
      label={t('signIn.code')}
      hint={t('signIn.code.hint')}
      name="code"
      autoComplete="one-time-code"
      required
      autoFocus
    />
  )
}

function OpenId() {
  const { data } = useQuery({
    queryKey: ['sign-in-options'],
    queryFn: ({ signal }) =>
      ownTransport.json<StaffSignInOptionsOut>({ path: '/staff/sign-in', signal }),
  })
  const refused = new URLSearchParams(location.search).get('refused')
  return (
    <>
      {refused !== null && <Notice tone="bad" isAlert title={t('signIn.refused')} />}
      {data?.openId != null && (
        <a className="button" href="/console/openid">
          {t('signIn.openId', { name: data.openId.label })}
        </a>
      )}
    </>
  )
}
