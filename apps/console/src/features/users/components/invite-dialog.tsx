import type { StaffInvitedOut, StaffRole } from '@posthorn/contracts'
import { Dialog } from '@posthorn/ui'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { ApplicationPicker } from '../../../components/application-picker.tsx'
import { FormButtons } from '../../../components/form-buttons.tsx'
import { faultOf, FormError } from '../../../components/form-error.tsx'
import type { NamedApplication } from '../../../components/limit-names.tsx'
import { ShownOnce } from '../../../components/shown-once.tsx'
import { TextField } from '../../../components/text-field.tsx'
import { formText } from '../../../lib/form-text.ts'
import { useTransport } from '../../../lib/session.tsx'
import { t } from '../../../lib/text.ts'
import { isLimitable } from '../limitable.ts'
import { RolePicker } from './role-picker.tsx'

export function InviteDialog({ onClose }: { readonly onClose: () => void }) {
  const [role, setRole] = useState<StaffRole>('support')
  const [chosen, setChosen] = useState<readonly NamedApplication[]>([])
  const invite = useInvite()
  const onSubmit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const applications = isLimitable(role) ? chosen.map(({ id }) => id) : []
    invite.mutate({ email: formText(event.currentTarget, 'email'), role, applications })
  }
  if (invite.data !== undefined)
    return (
      <ShownOnce
        title={t('users.invited')}
        what={t('users.link')}
        text={invite.data.url}
        onClose={onClose}
      />
    )
  return (
    <Dialog title={t('users.invite')} onClose={onClose}>
      <form className="stack" onSubmit={onSubmit}>
        <TextField
          label={t('field.email')}
          name="email"
          type="email"
          required
          autoFocus
          error={faultOf(invite.error, 'email')}
        />
        <RoleField role={role} onChange={setRole} />
        {isLimitable(role) && (
          <ApplicationPicker chosen={chosen} onChange={setChosen} error={invite.error} />
        )}
        <FormError error={invite.error} />
        <FormButtons
          submit={t('users.invite.submit')}
          isPending={invite.isPending}
          onCancel={onClose}
        />
      </form>
    </Dialog>
  )
}

interface Invited {
  readonly email: string
  readonly role: StaffRole
  readonly applications: readonly string[]
}

function useInvite() {
  const transport = useTransport()
  const queries = useQueryClient()
  return useMutation({
    mutationFn: (body: Invited) =>
      transport.json<StaffInvitedOut>({
        method: 'POST',
        path: '/staff/invitation',
        body: { ...body },
      }),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['invitations'] }),
  })
}

interface RoleFieldProps {
  readonly role: StaffRole
  readonly onChange: (role: StaffRole) => void
}

function RoleField({ role, onChange }: RoleFieldProps) {
  return (
    <div className="stack stack-small">
      <strong>{t('users.role')}</strong>
      <RolePicker label={t('users.role')} value={role} onChange={onChange} />
      <p className="soft small">{t(`role.${role}.may`)}</p>
    </div>
  )
}
