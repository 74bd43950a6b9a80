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
  const transport = useTransport()
  const queries = useQueryClient()
  const [role, setRole] = useState<StaffRole>('support')
  const [chosen, setChosen] = useState<readonly NamedApplication[]>([])
  const applications = isLimitable(role) ? chosen.map(({ id }) => id) : []
  const invite = useMutation({
    mutationFn: (email: string) =>
      transport.json<StaffInvitedOut>({
        method: 'POST',
        path: '/staff/invitation',
        body: { email, role, applications },
      }),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['invitations'] }),
  })
  const onSubmit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    invite.mutate(formText(event.currentTarget, 'email'))
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
          <ApplicationPicker
            chosen={chosen}
            onChange={setChosen}
            error={faultOf(invite.error, 'applications')}
          />
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
