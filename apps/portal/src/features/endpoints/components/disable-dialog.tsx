import type { EndpointOut } from '@posthorn/contracts'
import { Button, cappedCount, cappedText, Dialog, Notice, toast } from '@posthorn/ui'
import { describeError } from '../../../components/query-view.tsx'
import { useClient } from '../../../lib/client.tsx'
import { t } from '../../../lib/text.ts'
import { usePatchEndpoint } from '../api/endpoint-queries.ts'

export interface DisableDialogProps {
  readonly endpoint: EndpointOut
  /** Asked for by what the toast offers, which outlives the dialog. */
  readonly onUndo: (disabledAt: string) => void
  readonly onClose: () => void
}

/** Says what will be canceled; right after, exactly that can be gone on with. */
export function DisableDialog({ endpoint, onUndo, onClose }: DisableDialogProps) {
  const patch = usePatchEndpoint(endpoint.id)
  const tellDisabled = useTellDisabled(endpoint.id, onUndo)
  const { waiting, waitingCapped } = endpoint.state
  const n = cappedCount(waiting, waitingCapped)
  const disable = () =>
    patch.mutate(
      { disabled: true },
      {
        onSuccess: ({ state }) => {
          void tellDisabled(state.disabledAt)
          onClose()
        },
      },
    )
  return (
    <Dialog title={t('disable.title')} onClose={onClose}>
      <p>{t('disable.text')}</p>
      <p>{waiting === 0 ? t('disable.noneWaiting') : t('disable.waiting', { n })}</p>
      <p className="soft">{t('disable.difference')}</p>
      {patch.error !== null && (
        <Notice tone="bad" isAlert>
          <p>{describeError(patch.error)}</p>
        </Notice>
      )}
      <div className="dialog-actions">
        <Button onClick={onClose}>{t('dialog.cancel')}</Button>
        <Button kind="primary" disabled={patch.isPending} onClick={disable}>
          {t('endpoint.disable')}
        </Button>
      </div>
    </Dialog>
  )
}

/** How many were canceled, which is known once it is done: some went out while the dialog was read. */
function useTellDisabled(endpointId: string, onUndo: DisableDialogProps['onUndo']) {
  const client = useClient()
  return async (disabledAt: string | null) => {
    if (disabledAt === null) return toast(t('endpoint.disabled'))
    const undo = { label: t('disable.undo'), act: () => onUndo(disabledAt) }
    try {
      const { count, isCapped } = await client.endpoints.countUndoable(endpointId, { disabledAt })
      const n = cappedText(count, isCapped)
      toast(t('endpoint.disabledCanceled', { n }), undo)
    } catch {
      toast(t('endpoint.disabled'), undo)
    }
  }
}
