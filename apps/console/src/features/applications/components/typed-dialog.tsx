import { Button, Dialog, useAction } from '@posthorn/ui'
import { useState } from 'react'
import { FormError } from '../../../components/form-error.tsx'
import { t } from '../../../lib/text.ts'

export interface TypedDialogProps {
  readonly title: string
  readonly text: string
  /** What has to be typed. */
  readonly name: string
  readonly onConfirm: () => Promise<unknown>
  readonly onClose: () => void
}

/** For what cannot be undone: confirmed by typing whom it is about. */
export function TypedDialog({ title, text, name, onConfirm, onClose }: TypedDialogProps) {
  const [typed, setTyped] = useState('')
  const action = useAction({ mutationFn: onConfirm })
  return (
    <Dialog title={title} onClose={onClose}>
      <p>{text}</p>
      <input
        className="input"
        aria-label={t('applications.delete.type')}
        value={typed}
        onChange={({ target }) => setTyped(target.value)}
      />
      <FormError error={action.error} />
      <div className="row">
        <Button
          kind="danger"
          disabled={typed !== name || action.isPending}
          onClick={() => action.mutate()}
        >
          {title}
        </Button>
        <Button onClick={onClose}>{t('action.cancel')}</Button>
      </div>
    </Dialog>
  )
}
