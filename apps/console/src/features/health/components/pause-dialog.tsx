import { Button, Dialog } from '@posthorn/ui'
import { type FormEvent, useState } from 'react'
import { faultOf, FormError } from '../../../components/form-error.tsx'
import { TextField } from '../../../components/text-field.tsx'
import { t } from '../../../lib/text.ts'
import { useChangeDeliveryPause } from '../api/health-queries.ts'

const LONGEST_REASON = 500

export function PauseDialog({ onClose }: { readonly onClose: () => void }) {
  const [reason, setReason] = useState('')
  const change = useChangeDeliveryPause(onClose)
  const onSubmit = (event: FormEvent) => {
    event.preventDefault()
    change.mutate({ pause: { reason: reason.trim() } })
  }
  return (
    <Dialog title={t('pause.ask')} onClose={onClose}>
      <form className="stack" onSubmit={onSubmit}>
        <p>{t('pause.ask.text')}</p>
        <TextField
          label={t('pause.reason')}
          hint={t('pause.reason.hint')}
          name="reason"
          autoComplete="off"
          required
          maxLength={LONGEST_REASON}
          value={reason}
          onChange={({ target }) => setReason(target.value)}
          error={faultOf(change.error, 'reason')}
        />
        <FormError error={change.error} />
        <div className="row">
          <Button kind="danger" type="submit" disabled={change.isPending || reason.trim() === ''}>
            {t('pause.action')}
          </Button>
          <Button onClick={onClose}>{t('action.cancel')}</Button>
        </div>
      </form>
    </Dialog>
  )
}
