import type { StaffLinkOut, StaffProfileOut } from '@posthorn/contracts'
import { Button, Empty } from '@posthorn/ui'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { faultOf, FormError } from '../../../components/form-error.tsx'
import { NewPassword } from '../../../components/password-field.tsx'
import { QueryView } from '../../../components/query-view.tsx'
import { TextField } from '../../../components/text-field.tsx'
import { formSecret, formText } from '../../../lib/form-text.ts'
import { roleName } from '../../../lib/role-name.ts'
import { navigateTo } from '../../../lib/router.tsx'
import { ME, ownTransport } from '../../../lib/session.tsx'
import { t } from '../../../lib/text.ts'
import { takeLinkToken } from '../link-token.ts'

/** Where a one-time link leads: the first owner, somebody invited, somebody who lost their password. */
export function LinkPage({ me }: { readonly me: StaffProfileOut | null }) {
  const [token] = useState(takeLinkToken)
  const query = useQuery({
    queryKey: ['link'],
    retry: false,
    queryFn: () =>
      ownTransport.json<StaffLinkOut>({ method: 'POST', path: '/staff/link', body: { token } }),
  })
  return (
    <main className="page stack">
      {query.data === undefined && <h1>Posthorn</h1>}
      <QueryView query={query} notFound={<Used />}>
        {(link) => (
          <>
            <h1>{t(`link.${link.purpose}.title`)}</h1>
            <div className="card stack">
              {link.purpose === 'invitation' && link.isKnownUser ? (
                <Accept token={token} link={link} me={me} />
              ) : (
                <Redeem token={token} link={link} />
              )}
            </div>
          </>
        )}
      </QueryView>
    </main>
  )
}

function Used() {
  return (
    <Empty title={t('link.over.title')}>
      <p>{t('link.over.text')}</p>
    </Empty>
  )
}

interface PartProps {
  readonly token: string
  readonly link: StaffLinkOut
}

function Accept({ token, link, me }: PartProps & { readonly me: StaffProfileOut | null }) {
  const enter = useEnter()
  const accept = useMutation({
    mutationFn: () =>
      ownTransport.json({ method: 'POST', path: '/staff/link/accept', body: { token } }),
    onSuccess: enter,
  })
  if (me?.email !== link.email)
    return (
      <>
        <p>{t('link.signInFirst', { email: link.email ?? '' })}</p>
        <p>
          <a href="/console/sign-in" target="_blank" rel="noreferrer">
            {t('signIn.title')}
          </a>
        </p>
      </>
    )
  return (
    <>
      <p>{t('link.accept.text', { role: roleName(link.role ?? '') })}</p>
      <FormError error={accept.error} />
      <Button kind="primary" disabled={accept.isPending} onClick={() => accept.mutate()}>
        {t('link.accept')}
      </Button>
    </>
  )
}

interface RedeemFields {
  readonly email?: string
  readonly name?: string
  readonly newPassword: string
}

function Redeem({ token, link }: PartProps) {
  const enter = useEnter()
  const redeem = useMutation({
    mutationFn: (fields: RedeemFields) =>
      ownTransport.json({ method: 'POST', path: '/staff/link/redeem', body: { token, ...fields } }),
    onSuccess: enter,
  })
  const onSubmit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    redeem.mutate(fieldsOf(event.currentTarget))
  }
  return (
    <form className="stack" onSubmit={onSubmit}>
      <p>{t(`link.${link.purpose}.text`, { role: roleName(link.role ?? '') })}</p>
      <Person link={link} error={redeem.error} />
      <NewPassword error={redeem.error} />
      <FormError error={redeem.error} />
      <Button kind="primary" type="submit" disabled={redeem.isPending}>
        {t('link.submit')}
      </Button>
    </form>
  )
}

function fieldsOf(form: HTMLFormElement): RedeemFields {
  const email = formText(form, 'email')
  const name = formText(form, 'name')
  return {
    newPassword: formSecret(form, 'newPassword'),
    ...(email === '' ? {} : { email }),
    ...(name === '' ? {} : { name }),
  }
}

function Person({ link, error }: { readonly link: StaffLinkOut; readonly error: unknown }) {
  return (
    <>
      <TextField
        label={t('field.email')}
        name="email"
        type="email"
        autoComplete="username"
        required
        {...(link.email === null ? {} : { value: link.email, readOnly: true })}
        error={faultOf(error, 'email')}
      />
      {link.purpose !== 'recovery' && (
        <TextField
          label={t('field.name')}
          name="name"
          autoComplete="name"
          required
          maxLength={128}
          error={faultOf(error, 'name')}
        />
      )}
    </>
  )
}

function useEnter(): () => Promise<void> {
  const queries = useQueryClient()
  return async () => {
    await queries.invalidateQueries({ queryKey: ME })
    navigateTo('/console', { replace: true })
  }
}
