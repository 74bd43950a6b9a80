import { DEFAULT_GRACE, Dialog, type Grace, GraceField, toast } from '@posthorn/ui'
import { type FormEvent, useState } from 'react'
import { FormButtons } from '../../../components/form-buttons.tsx'
import { faultOf, FormError } from '../../../components/form-error.tsx'
import { TextField } from '../../../components/text-field.tsx'
import { formText } from '../../../lib/form-text.ts'
import { t } from '../../../lib/text.ts'
import { useChange } from '../use-operational-webhooks.ts'

export interface RotateDialogProps {
  readonly id: string
  readonly onClose: () => void
  readonly onRotated: () => void
}

export function RotateDialog({ id, onClose, onRotated }: RotateDialogProps) {
  const [grace, setGrace] = useState<Grace>(DEFAULT_GRACE)
  const rotate = useChange(id, () => {
    toast(t('webhooks.rotated'))
    onRotated()
    onClose()
  })
  const onSubmit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const key = formText(event.currentTarget, 'key') || null
    const body = { key, gracePeriodSeconds: Number(grace) }
    rotate.mutate({ method: 'POST', suffix: '/secret/rotate', body })
  }
  return (
    <Dialog title={t('webhooks.rotate')} onClose={onClose}>
      <form className="stack" onSubmit={onSubmit}>
        <p>{t('webhooks.rotate.text')}</p>
        <GraceField grace={grace} onChange={setGrace} />
        <TextField
          label={t('webhooks.secret.own')}
          hint={t('webhooks.secret.own.hint')}
          name="key"
          autoComplete="off"
          placeholder="whsec_…"
          error={faultOf(rotate.error, 'key')}
        />
        <FormError error={rotate.error} />
        <FormButtons
          submit={t('webhooks.rotate')}
          isPending={rotate.isPending}
          onCancel={onClose}
        />
      </form>
    </Dialog>
  )
}
