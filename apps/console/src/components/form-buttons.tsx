import { Button } from '@posthorn/ui'
import { t } from '../lib/text.ts'

export interface FormButtonsProps {
  readonly submit: string
  readonly isPending: boolean
  readonly onCancel: () => void
}

export function FormButtons({ submit, isPending, onCancel }: FormButtonsProps) {
  return (
    <div className="row">
      <Button kind="primary" type="submit" disabled={isPending}>
        {submit}
      </Button>
      <Button onClick={onCancel}>{t('action.cancel')}</Button>
    </div>
  )
}
