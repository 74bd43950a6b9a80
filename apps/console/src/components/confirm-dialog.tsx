import { Button, Dialog } from '@posthorn/ui'
import { useMutation } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { t } from '../lib/text.ts'
import { FormError } from './form-error.tsx'

export interface ConfirmDialogProps {
  readonly title: string
  readonly action: string
  readonly onConfirm: () => Promise<unknown>
  readonly onClose: () => void
  readonly children: ReactNode
}

export function ConfirmDialog({ title, action, onConfirm, onClose, children }: ConfirmDialogProps) {
  const mutation = useMutation({ mutationFn: onConfirm, onSuccess: onClose })
  return (
    <Dialog title={title} onClose={onClose}>
      {children}
      <FormError error={mutation.error} />
      <div className="row">
        <Button kind="danger" disabled={mutation.isPending} onClick={() => mutation.mutate()}>
          {action}
        </Button>
        <Button onClick={onClose}>{t('action.cancel')}</Button>
      </div>
    </Dialog>
  )
}
