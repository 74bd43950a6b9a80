import { Button, Dialog } from '@posthorn/ui'
import type { ReactNode } from 'react'
import { t } from '../text.ts'
import { Failure } from './failure.tsx'

export interface ConfirmProps {
  readonly title: string
  readonly action: string
  readonly error: Error | null
  readonly isPending: boolean
  readonly onConfirm: () => void
  readonly onClose: () => void
  readonly children: ReactNode
}

export function Confirm({
  title,
  action,
  error,
  isPending,
  onConfirm,
  onClose,
  children,
}: ConfirmProps) {
  return (
    <Dialog title={title} onClose={onClose}>
      {children}
      <Failure error={error} />
      <div className="dialog-actions">
        <Button onClick={onClose}>{t('cancel')}</Button>
        <Button kind="danger" disabled={isPending} onClick={onConfirm}>
          {action}
        </Button>
      </div>
    </Dialog>
  )
}
