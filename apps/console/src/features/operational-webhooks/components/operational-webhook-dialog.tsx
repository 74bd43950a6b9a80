import type { OperationalWebhookEndpointOut } from '@posthorn/contracts'
import { Dialog } from '@posthorn/ui'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { FormButtons } from '../../../components/form-buttons.tsx'
import { faultOf, FormError } from '../../../components/form-error.tsx'
import { TextField } from '../../../components/text-field.tsx'
import { formText } from '../../../lib/form-text.ts'
import { navigate } from '../../../lib/router.tsx'
import { useTransport } from '../../../lib/session.tsx'
import { t } from '../../../lib/text.ts'
import { OPERATIONAL_EVENT_TYPES } from '../operational-event-types.ts'
import { pathOf, WEBHOOKS } from '../use-operational-webhooks.ts'

export interface WebhookDialogProps {
  /** Absent: a new one. */
  readonly webhook?: OperationalWebhookEndpointOut
  readonly onClose: () => void
}

export function OperationalWebhookDialog({ webhook, onClose }: WebhookDialogProps) {
  const save = useSave(webhook, onClose)
  const onSubmit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    save.mutate(bodyOf(event.currentTarget, webhook))
  }
  return (
    <Dialog title={t(webhook === undefined ? 'webhooks.add' : 'webhooks.edit')} onClose={onClose}>
      <form className="stack" onSubmit={onSubmit}>
        <TextField
          label={t('webhooks.url')}
          name="url"
          type="url"
          defaultValue={webhook?.url}
          required
          autoFocus
          placeholder="https://example.com/posthorn"
          error={faultOf(save.error, 'url')}
        />
        <TextField
          label={t('webhooks.description')}
          name="description"
          defaultValue={webhook?.description}
          error={faultOf(save.error, 'description')}
        />
        <EventTypes chosen={webhook?.eventTypes ?? null} />
        <label className="choice">
          <input type="checkbox" name="disabled" defaultChecked={webhook?.disabled} />
          {t('webhooks.disabled.choice')}
        </label>
        <FormError error={save.error} />
        <FormButtons submit={t('action.save')} isPending={save.isPending} onCancel={onClose} />
      </form>
    </Dialog>
  )
}

function useSave(webhook: OperationalWebhookEndpointOut | undefined, onClose: () => void) {
  const transport = useTransport()
  const queries = useQueryClient()
  return useMutation({
    mutationFn: (body: object) =>
      transport.json<OperationalWebhookEndpointOut>(
        webhook === undefined
          ? { method: 'POST', path: WEBHOOKS, body }
          : { method: 'PUT', path: pathOf(webhook.id), body },
      ),
    onSuccess: async ({ id }) => {
      await queries.invalidateQueries({ queryKey: [WEBHOOKS] })
      onClose()
      if (webhook === undefined) navigate(`/operational-webhooks/${id}`)
    },
  })
}

/** A replacement of the whole: what the form doesn't show stays as it was. */
function bodyOf(form: HTMLFormElement, before: OperationalWebhookEndpointOut | undefined): object {
  const data = new FormData(form)
  const eventTypes = data.getAll('eventType')
  return {
    url: formText(form, 'url'),
    description: formText(form, 'description'),
    disabled: data.has('disabled'),
    eventTypes: data.get('events') === 'all' || eventTypes.length === 0 ? null : eventTypes,
    uid: before?.uid ?? null,
    throttleRate: before?.throttleRate ?? null,
    metadata: before?.metadata ?? {},
  }
}

function EventTypes({ chosen }: { readonly chosen: readonly string[] | null }) {
  const [isAll, setIsAll] = useState(chosen === null)
  return (
    <fieldset className="stack stack-small">
      <legend className="field-label">{t('webhooks.events')}</legend>
      <div className="row">
        {(['all', 'some'] as const).map((choice) => (
          <label key={choice} className="choice">
            <input
              type="radio"
              name="events"
              value={choice}
              checked={isAll === (choice === 'all')}
              onChange={() => setIsAll(choice === 'all')}
            />
            {t(`webhooks.events.${choice}`)}
          </label>
        ))}
      </div>
      {!isAll &&
        OPERATIONAL_EVENT_TYPES.map((name) => (
          <label key={name} className="choice mono">
            <input
              type="checkbox"
              name="eventType"
              value={name}
              defaultChecked={chosen?.includes(name)}
            />
            {name}
          </label>
        ))}
    </fieldset>
  )
}
