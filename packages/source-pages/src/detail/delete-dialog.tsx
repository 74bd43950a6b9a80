import type { SourceOut, TriggeredEndpointOut } from '@posthorn/contracts/ingest'
import { toast, VisibleText } from '@posthorn/ui'
import { useState } from 'react'
import { useDeleteSource } from '../api/source-actions.ts'
import { useTriggeredEndpoints } from '../api/source-queries.ts'
import { Confirm } from '../parts/confirm.tsx'
import { labelsOf } from '../parts/labels.ts'
import { TextField } from '../parts/text-field.tsx'
import { TriggeredEndpoints } from '../parts/triggered-endpoints.tsx'
import { useHost } from '../source-host.tsx'
import { t } from '../text.ts'

export interface DeleteDialogProps {
  readonly source: SourceOut
  readonly onClose: () => void
}

export function DeleteDialog({ source, onClose }: DeleteDialogProps) {
  const { may, navigate } = useHost()
  const remove = useDeleteSource(source.id)
  const triggered = useTriggeredEndpoints(source.id)
  const [withTriggered, setWithTriggered] = useState(false)
  const [typed, setTyped] = useState('')
  const confirm = () => {
    const onDeleted = () => {
      toast(t('delete.done'))
      navigate('/sources')
    }
    // In the list the dialog goes with its row, and a callback of `mutate` with the dialog.
    remove.mutateAsync(withTriggered).then(onDeleted, () => undefined)
  }
  return (
    <Confirm
      title={t('delete.title')}
      action={labelsOf(source.type).remove}
      error={remove.error}
      isPending={remove.isPending || typed.trim() !== source.type}
      onConfirm={confirm}
      onClose={onClose}
    >
      <p>
        <strong>
          <VisibleText text={source.name} />
        </strong>
      </p>
      <p>{t('delete.text')}</p>
      {may.deleteTriggered && triggered.data !== undefined && triggered.data.length > 0 && (
        <WithTriggered
          endpoints={triggered.data}
          isChecked={withTriggered}
          onChange={setWithTriggered}
        />
      )}
      <TextField
        label={t('delete.type', { type: source.type })}
        value={typed}
        onChange={({ target }) => setTyped(target.value)}
      />
    </Confirm>
  )
}

interface WithTriggeredProps {
  readonly endpoints: readonly TriggeredEndpointOut[]
  readonly isChecked: boolean
  readonly onChange: (isChecked: boolean) => void
}

/** What else receives by one of them is lost to it: that is for whoever deletes to choose. */
function WithTriggered({ endpoints, isChecked, onChange }: WithTriggeredProps) {
  return (
    <div className="stack stack-small">
      <label className="source-checkbox">
        <input
          type="checkbox"
          checked={isChecked}
          onChange={({ target }) => onChange(target.checked)}
        />
        {t('delete.triggered')}
      </label>
      <TriggeredEndpoints endpoints={endpoints} />
    </div>
  )
}
