import type { StaffUserOut } from '@posthorn/contracts'
import { Dialog, Notice } from '@posthorn/ui'
import { type FormEvent, useState } from 'react'
import { ApplicationPicker } from '../../../components/application-picker.tsx'
import { FormButtons } from '../../../components/form-buttons.tsx'
import { FormError } from '../../../components/form-error.tsx'
import type { NamedApplication } from '../../../components/limit-names.tsx'
import { t } from '../../../lib/text.ts'
import { useChangeUser } from '../use-change-user.ts'

export interface LimitDialogProps {
  readonly user: StaffUserOut
  readonly onClose: () => void
}

/** Which applications a user may see. */
export function LimitDialog({ user, onClose }: LimitDialogProps) {
  const [chosen, setChosen] = useState<readonly NamedApplication[]>(user.applications ?? [])
  // A deleted one can't be named again.
  const living = chosen.filter(({ name }) => name !== null)
  const change = useChangeUser(user.id)
  const isLifted = user.applications !== null && living.length === 0
  const onSubmit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    change.mutate({ applications: living.map(({ id }) => id) }, { onSuccess: onClose })
  }
  return (
    <Dialog title={t('limit.title', { name: user.name })} onClose={onClose}>
      <form className="stack" onSubmit={onSubmit}>
        <ApplicationPicker chosen={chosen} onChange={setChosen} error={change.error} />
        {isLifted && <Notice tone="warn" title={t('limit.lifted')} />}
        <FormError error={change.error} />
        <FormButtons submit={t('action.save')} isPending={change.isPending} onCancel={onClose} />
      </form>
    </Dialog>
  )
}
