import type { AlertOut } from '@posthorn/contracts'
import { Dialog } from '@posthorn/ui'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type FormEvent } from 'react'
import { FormButtons } from '../../../components/form-buttons.tsx'
import { faultOf, FormError } from '../../../components/form-error.tsx'
import { TextField } from '../../../components/text-field.tsx'
import { navigate } from '../../../lib/router.tsx'
import { useTransport } from '../../../lib/session.tsx'
import { t } from '../../../lib/text.ts'
import { alertBody } from '../alert-body.ts'
import { ALERTS, pathOf } from '../use-alerts.ts'
import { ConditionFields } from './condition-fields.tsx'
import { TargetFields } from './target-fields.tsx'

export interface AlertDialogProps {
  /** Absent: a new one. */
  readonly alert?: AlertOut
  readonly onClose: () => void
}

export function AlertDialog({ alert, onClose }: AlertDialogProps) {
  const save = useSave(alert, onClose)
  const onSubmit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    save.mutate(alertBody(event.currentTarget, alert))
  }
  return (
    <Dialog title={t(alert === undefined ? 'alerts.add' : 'alerts.edit')} onClose={onClose}>
      <form className="stack" onSubmit={onSubmit}>
        <TextField
          label={t('field.name')}
          name="name"
          defaultValue={alert?.name}
          required
          maxLength={256}
          autoFocus
          error={faultOf(save.error, 'name')}
        />
        <ConditionFields alert={alert} error={save.error} />
        <TargetFields target={alert?.target} error={save.error} onKind={() => save.reset()} />
        <FormError error={save.error} />
        <FormButtons submit={t('action.save')} isPending={save.isPending} onCancel={onClose} />
      </form>
    </Dialog>
  )
}

function useSave(alert: AlertOut | undefined, onClose: () => void) {
  const transport = useTransport()
  const queries = useQueryClient()
  return useMutation({
    mutationFn: (body: object) =>
      transport.json<AlertOut>(
        alert === undefined
          ? { method: 'POST', path: '/alert', body }
          : { method: 'PATCH', path: pathOf(alert.id), body },
      ),
    onSuccess: async ({ id }) => {
      await queries.invalidateQueries({ queryKey: ALERTS })
      onClose()
      if (alert === undefined) navigate(`/alerts/${id}`)
    },
  })
}
