import { Button } from '@posthorn/ui'
import { t } from '../lib/text.ts'

export interface FormButtonsProps {
  readonly submit: string
  readonly isPending: boolean
  /** Something has to be typed or chosen first. */
  readonly isDisabled?: boolean
  readonly onCancel: () => void
}

export function FormButtons({ submit, isPending, isDisabled = false, onCancel }: FormButtonsProps) {
  return (
    <div className="row">
      <Button kind="primary" type="submit" disabled={isPending || isDisabled}>
        {submit}
      </Button>
      <Button onClick={onCancel}>{t('action.cancel')}</Button>
    </div>
  )
}
