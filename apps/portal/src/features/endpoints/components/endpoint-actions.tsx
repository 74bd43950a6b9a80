import type { EndpointOut } from '@posthorn/contracts'
import { Button, Dialog, Field, formatNumber, Menu, Notice, toast } from '@posthorn/ui'
import { useState } from 'react'
import { describeError } from '../../../components/query-view.tsx'
import { useMay } from '../../../lib/client.tsx'
import { navigate, useSearchValue } from '../../../lib/router.tsx'
import { t } from '../../../lib/text.ts'
import { useDeleteEndpoint, usePatchEndpoint } from '../api/endpoint-queries.ts'
import { useUndoDisable } from '../api/use-undo-disable.ts'
import { DisableDialog } from './disable-dialog.tsx'
import { ReplayDialog } from './replay-dialog.tsx'

type Asked = 'recover' | 'replay-missing' | 'disable' | 'delete' | null

export function EndpointActions({ endpoint }: { readonly endpoint: EndpointOut }) {
  const [asked, setAsked] = useState<Asked>(null)
  const mayManage = useMay('ManageEndpoint')
  const mayAttempt = useMay('CreateAttempts')
  const [, setMissed] = useSearchValue('missed')
  const patch = usePatchEndpoint(endpoint.id)
  const undo = useUndoDisable(endpoint.id, (n) => t('disable.undone', { n: formatNumber(n) }))
  const { disabledAt } = endpoint.state
  const close = () => setAsked(null)
  const enable = () =>
    patch.mutate(
      { disabled: false },
      {
        onSuccess: () => {
          toast(t('endpoint.enabled'))
          setMissed(disabledAt ?? '')
        },
        onError: (err) => toast(describeError(err)),
      },
    )
  return (
    <>
      <Menu label={t('endpoint.actions')}>
        {mayAttempt && <Button onClick={() => setAsked('recover')}>{t('endpoint.recover')}</Button>}
        {mayAttempt && (
          <Button onClick={() => setAsked('replay-missing')}>{t('endpoint.replayMissing')}</Button>
        )}
        {mayManage && !endpoint.disabled && (
          <Button onClick={() => setAsked('disable')}>{t('endpoint.disable')}</Button>
        )}
        {mayManage && endpoint.disabled && <Button onClick={enable}>{t('endpoint.enable')}</Button>}
        {mayManage && <Button onClick={() => setAsked('delete')}>{t('endpoint.delete')}</Button>}
      </Menu>
      {(asked === 'recover' || asked === 'replay-missing') && (
        <ReplayDialog kind={asked} endpoint={endpoint} onClose={close} />
      )}
      {asked === 'disable' && (
        <DisableDialog endpoint={endpoint} onUndo={undo.mutate} onClose={close} />
      )}
      {asked === 'delete' && <DeleteDialog endpoint={endpoint} onClose={close} />}
    </>
  )
}

interface DialogProps {
  readonly endpoint: EndpointOut
  readonly onClose: () => void
}

function DeleteDialog({ endpoint, onClose }: DialogProps) {
  const remove = useDeleteEndpoint(endpoint.id)
  const [typed, setTyped] = useState('')
  const host = URL.parse(endpoint.url)?.host ?? endpoint.id
  const onSuccess = () => {
    toast(t('endpoint.deleted'))
    navigate('/endpoints')
  }
  return (
    <Dialog title={t('delete.title')} onClose={onClose}>
      <p>{t('delete.text')}</p>
      <p className="soft">{t('delete.difference')}</p>
      <Field label={t('delete.type', { host })}>
        {(control) => (
          <input
            {...control}
            className="input mono"
            autoComplete="off"
            value={typed}
            onChange={(event) => setTyped(event.target.value)}
          />
        )}
      </Field>
      <Failure error={remove.error} />
      <div className="dialog-actions">
        <Button onClick={onClose}>{t('dialog.cancel')}</Button>
        <Button
          kind="danger"
          disabled={typed.trim() !== host || remove.isPending}
          onClick={() => remove.mutate(undefined, { onSuccess })}
        >
          {t('endpoint.delete')}
        </Button>
      </div>
    </Dialog>
  )
}

function Failure({ error }: { readonly error: Error | null }) {
  if (error === null) return null
  return (
    <Notice tone="bad" isAlert>
      <p>{describeError(error)}</p>
    </Notice>
  )
}
