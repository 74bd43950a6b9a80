import { Button, Dialog } from '@posthorn/ui'
import { useLeaveGuard } from '../../../lib/leave-guard.ts'
import { t } from '../../../lib/text.ts'

/** Asks whoever leaves a form with something typed in it. */
export function LeaveDialog({ isDirty }: { readonly isDirty: boolean }) {
  const { asked, stay } = useLeaveGuard(isDirty)
  if (asked === null) return null
  return (
    <Dialog title={t('form.leave.title')} onClose={stay}>
      <p>{t('form.leave.text')}</p>
      <div className="dialog-actions">
        <Button onClick={stay}>{t('form.leave.stay')}</Button>
        <Button
          kind="danger"
          onClick={() => {
            stay()
            asked.leave()
          }}
        >
          {t('form.leave.leave')}
        </Button>
      </div>
    </Dialog>
  )
}
