import { Button, toast } from '@posthorn/ui'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type FormEvent } from 'react'
import { FormError } from '../../../components/form-error.tsx'
import { CurrentPassword, NewPassword } from '../../../components/password-field.tsx'
import { formSecret } from '../../../lib/form-text.ts'
import { ownTransport, useSession } from '../../../lib/session.tsx'
import { t } from '../../../lib/text.ts'

export function PasswordCard() {
  const { me } = useSession()
  const queries = useQueryClient()
  const change = useMutation({
    mutationFn: (body: { password: string; newPassword: string }) =>
      ownTransport.json({ method: 'POST', path: '/staff/me/password', body }),
    onSuccess: () => {
      toast(t('profile.password.done'))
      return queries.invalidateQueries({ queryKey: ['sessions'] })
    },
  })
  const onSubmit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const form = event.currentTarget
    change.mutate(
      { password: formSecret(form, 'password'), newPassword: formSecret(form, 'newPassword') },
      { onSuccess: () => form.reset() },
    )
  }
  return (
    <section className="card stack">
      <h2>{t('profile.password')}</h2>
      <form className="stack" onSubmit={onSubmit}>
        <input type="hidden" name="username" autoComplete="username" value={me.email} />
        <CurrentPassword error={change.error} />
        <NewPassword error={change.error} />
        <FormError error={change.error} />
        <div className="row">
          <Button type="submit" disabled={change.isPending}>
            {t('profile.password.submit')}
          </Button>
        </div>
      </form>
    </section>
  )
}
