import type { StaffRecoveryCodesOut, StaffTotpOut } from '@posthorn/contracts'
import { Badge, Button, Dialog, Notice } from '@posthorn/ui'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { encode } from 'uqr'
import { CopyButton } from '../../../components/copy-button.tsx'
import { faultOf, FormError } from '../../../components/form-error.tsx'
import { CurrentPassword } from '../../../components/password-field.tsx'
import { TextField } from '../../../components/text-field.tsx'
import { formSecret, formText } from '../../../lib/form-text.ts'
import { ME, ownTransport, useSession } from '../../../lib/session.tsx'
import { t } from '../../../lib/text.ts'

export function SecondFactorCard() {
  const { me } = useSession()
  const [open, setOpen] = useState<'add' | 'remove' | null>(null)
  const close = () => setOpen(null)
  return (
    <section className="card stack">
      <div className="row row-between">
        <h2>{t('totp.title')}</h2>
        <Badge tone={me.hasTotp ? 'good' : 'warn'}>{t(me.hasTotp ? 'totp.on' : 'totp.off')}</Badge>
      </div>
      <p>{me.hasTotp ? t('totp.left', { n: me.recoveryCodesLeft }) : t('totp.why')}</p>
      <div className="row">
        <Button
          kind={me.hasTotp ? 'danger' : 'primary'}
          onClick={() => setOpen(me.hasTotp ? 'remove' : 'add')}
        >
          {t(me.hasTotp ? 'totp.remove' : 'totp.add')}
        </Button>
      </div>
      {open === 'add' && <AddDialog onClose={close} />}
      {open === 'remove' && <RemoveDialog onClose={close} />}
    </section>
  )
}

function AddDialog({ onClose }: { readonly onClose: () => void }) {
  const queries = useQueryClient()
  const begin = useMutation({
    mutationFn: (password: string) =>
      ownTransport.json<StaffTotpOut>({
        method: 'POST',
        path: '/staff/me/totp',
        body: { password },
      }),
  })
  const confirm = useMutation({
    mutationFn: (code: string) =>
      ownTransport.json<StaffRecoveryCodesOut>({
        method: 'POST',
        path: '/staff/me/totp/confirm',
        body: { code },
      }),
  })
  const finish = () => {
    onClose()
    void queries.invalidateQueries({ queryKey: ME })
  }
  return (
    <Dialog title={t('totp.add')} onClose={confirm.data === undefined ? onClose : () => {}}>
      {begin.data === undefined ? (
        <ProofForm mutation={begin} action={t('action.continue')} onClose={onClose} />
      ) : confirm.data === undefined ? (
        <ConfirmForm enrolment={begin.data} mutation={confirm} />
      ) : (
        <Codes codes={confirm.data.codes} onDone={finish} />
      )}
    </Dialog>
  )
}

interface Mutation {
  readonly error: Error | null
  readonly isPending: boolean
  readonly mutate: (text: string) => void
}

interface ProofFormProps {
  readonly mutation: Mutation
  readonly action: string
  readonly onClose: () => void
}

function ProofForm({ mutation, action, onClose }: ProofFormProps) {
  const { me } = useSession()
  const onSubmit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    mutation.mutate(formSecret(event.currentTarget, 'password'))
  }
  return (
    <form className="stack" onSubmit={onSubmit}>
      {me.hasPassword && <CurrentPassword error={mutation.error} />}
      <FormError error={mutation.error} />
      <div className="row">
        <Button kind="primary" type="submit" disabled={mutation.isPending}>
          {action}
        </Button>
        <Button onClick={onClose}>{t('action.cancel')}</Button>
      </div>
    </form>
  )
}

interface ConfirmFormProps {
  readonly enrolment: StaffTotpOut
  readonly mutation: Mutation
}

function ConfirmForm({ enrolment, mutation }: ConfirmFormProps) {
  const onSubmit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    mutation.mutate(formText(event.currentTarget, 'code'))
  }
  return (
    <form className="stack" onSubmit={onSubmit}>
      <p>{t('totp.scan')}</p>
      <QrCode text={enrolment.uri} />
      <div className="row">
        <code className="secret mono">{enrolment.secret}</code>
        <CopyButton what={t('totp.secret')} text={() => enrolment.secret} />
      </div>
      <TextField
        label={t('signIn.code')}
        name="code"
        inputMode="numeric"
        autoComplete="one-time-code"
        required
        autoFocus
        error={faultOf(mutation.error, 'code')}
      />
      <FormError error={mutation.error} />
      <div className="row">
        <Button kind="primary" type="submit" disabled={mutation.isPending}>
          {t('totp.confirm')}
        </Button>
      </div>
    </form>
  )
}

function QrCode({ text }: { readonly text: string }) {
  const { data, size } = encode(text, { border: 2 })
  const path = data
    .flatMap((row, y) => row.map((isDark, x) => (isDark ? `M${x} ${y}h1v1h-1z` : '')))
    .join('')
  return (
    <svg className="qr" viewBox={`0 0 ${size} ${size}`} role="img" aria-label={t('totp.qr')}>
      <path d={path} fill="#000000" shapeRendering="crispEdges" />
    </svg>
  )
}

interface CodesProps {
  readonly codes: readonly string[]
  readonly onDone: () => void
}

function Codes({ codes, onDone }: CodesProps) {
  return (
    <>
      <Notice tone="warn" title={t('totp.codes')} />
      <ul className="codes mono">
        {codes.map((code) => (
          <li key={code}>{code}</li>
        ))}
      </ul>
      <div className="row">
        <CopyButton what={t('totp.codes.what')} text={() => codes.join('\n')} />
        <Button kind="primary" onClick={onDone}>
          {t('once.done')}
        </Button>
      </div>
    </>
  )
}

function RemoveDialog({ onClose }: { readonly onClose: () => void }) {
  const queries = useQueryClient()
  const remove = useMutation({
    mutationFn: (password: string) =>
      ownTransport.json({ method: 'POST', path: '/staff/me/totp/remove', body: { password } }),
    onSuccess: () => {
      onClose()
      return queries.invalidateQueries({ queryKey: ME })
    },
  })
  return (
    <Dialog title={t('totp.remove')} onClose={onClose}>
      <p>{t('totp.remove.text')}</p>
      <ProofForm mutation={remove} action={t('totp.remove')} onClose={onClose} />
    </Dialog>
  )
}
