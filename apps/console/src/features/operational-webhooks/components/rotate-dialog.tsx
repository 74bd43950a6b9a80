import { Dialog, GraceField, toast, useGrace } from '@posthorn/ui'
import type { FormEvent } from 'react'
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
  const grace = useGrace()
  const rotate = useChange(id, () => {
    toast(t('webhooks.rotated'))
    onRotated()
    onClose()
  })
  const onSubmit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const key = formText(event.currentTarget, 'key') || null
    const body = { key, gracePeriodSeconds: grace.seconds }
    rotate.mutate({ method: 'POST', suffix: '/secret/rotate', body })
  }
  return (
    <Dialog title={t('webhooks.rotate')} onClose={onClose}>
      <form className="stack" onSubmit={onSubmit}>
        <p>{t('webhooks.rotate.text')}</p>
        <GraceField choice={grace} />
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
          isDisabled={!grace.isSure}
          onCancel={onClose}
        />
      </form>
    </Dialog>
  )
}
