import type { EndpointOut } from '@posthorn/contracts'
import { Button, Dialog, Field, Notice, toast } from '@posthorn/ui'
import { useState } from 'react'
import { describeError } from '../../../components/query-view.tsx'
import { t } from '../../../lib/text.ts'
import { useDeleteEndpoint } from '../api/endpoint-queries.ts'

export interface DeleteDialogProps {
  readonly endpoint: EndpointOut
  readonly onDeleted: () => void
  readonly onClose: () => void
}

export function DeleteDialog({ endpoint, onDeleted, onClose }: DeleteDialogProps) {
  const remove = useDeleteEndpoint(endpoint.id)
  const [typed, setTyped] = useState('')
  const host = URL.parse(endpoint.url)?.host ?? endpoint.id
  const onSuccess = () => {
    toast(t('endpoint.deleted'))
    onClose()
    onDeleted()
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
