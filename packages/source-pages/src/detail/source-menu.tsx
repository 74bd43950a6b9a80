import type { SourceOut } from '@posthorn/contracts/ingest'
import { Button, Dialog, Menu, toast } from '@posthorn/ui'
import { useState } from 'react'
import { usePatchSource, useRotateToken } from '../api/source-actions.ts'
import { Confirm } from '../parts/confirm.tsx'
import { labelsOf } from '../parts/labels.ts'
import { useHost } from '../source-host.tsx'
import { t } from '../text.ts'
import { DeleteDialog } from './delete-dialog.tsx'

/** A schedule has none, and a flow is called by its id. */
const KEEPS_URL: ReadonlySet<string> = new Set(['cron', 'locoia'])

type Open = 'rotate' | 'disable' | 'delete' | null

export function SourceMenu({ source }: { readonly source: SourceOut }) {
  const [open, setOpen] = useState<Open>(null)
  const patch = usePatchSource(source.id)
  const { describeError } = useHost()
  const enable = () =>
    patch.mutate(
      { options: { enabled: true } },
      {
        onSuccess: () => toast(t('enable.done')),
        onError: (err) => toast(describeError(err)),
      },
    )
  const close = () => setOpen(null)
  return (
    <>
      <Menu label={t('menu')}>
        {!KEEPS_URL.has(source.type) && (
          <Button onClick={() => setOpen('rotate')}>{t('rotate')}</Button>
        )}
        {source.options.enabled ? (
          <Button onClick={() => setOpen('disable')}>{t('disable')}</Button>
        ) : (
          <Button onClick={enable}>{t('enable')}</Button>
        )}
        <Button kind="danger" onClick={() => setOpen('delete')}>
          {labelsOf(source.type).remove}
        </Button>
      </Menu>
      {open === 'rotate' && <RotateDialog id={source.id} onClose={close} />}
      {open === 'disable' && <DisableDialog id={source.id} onClose={close} />}
      {open === 'delete' && <DeleteDialog source={source} onClose={close} />}
    </>
  )
}

interface DialogProps {
  readonly id: string
  readonly onClose: () => void
}

/** The old URL goes on, which is said before and after: whoever forgets it at the provider loses nothing at once. */
function RotateDialog({ id, onClose }: DialogProps) {
  const { CopyButton } = useHost()
  const rotate = useRotateToken(id)
  const url = rotate.data?.ingestUrl
  if (url !== undefined)
    return (
      <Dialog title={t('rotate.done')} onClose={onClose}>
        <p>{t('rotate.done.text')}</p>
        <div className="row">
          <code className="mono source-url">{url}</code>
          <CopyButton what={t('url')} text={() => url} />
        </div>
        <div className="dialog-actions">
          <Button onClick={onClose}>{t('close')}</Button>
        </div>
      </Dialog>
    )
  return (
    <Confirm
      title={t('rotate.title')}
      action={t('rotate')}
      error={rotate.error}
      isPending={rotate.isPending}
      onConfirm={() => rotate.mutate()}
      onClose={onClose}
    >
      <p>{t('rotate.text')}</p>
    </Confirm>
  )
}

function DisableDialog({ id, onClose }: DialogProps) {
  const patch = usePatchSource(id)
  const disable = () =>
    patch.mutate(
      { options: { enabled: false } },
      {
        onSuccess: () => {
          toast(t('disable.done'))
          onClose()
        },
      },
    )
  return (
    <Confirm
      title={t('disable.title')}
      action={t('disable')}
      error={patch.error}
      isPending={patch.isPending}
      onConfirm={disable}
      onClose={onClose}
    >
      <p>{t('disable.text')}</p>
    </Confirm>
  )
}
