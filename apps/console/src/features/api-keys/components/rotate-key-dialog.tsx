import type { ApiKeyCreatedOut, ApiKeyOut } from '@posthorn/contracts'
import { Dialog, Field, useAction } from '@posthorn/ui'
import { useQueryClient } from '@tanstack/react-query'
import type { FormEvent } from 'react'
import { FormButtons } from '../../../components/form-buttons.tsx'
import { FormError } from '../../../components/form-error.tsx'
import { ShownOnce } from '../../../components/shown-once.tsx'
import { formText } from '../../../lib/form-text.ts'
import { useTransport } from '../../../lib/session.tsx'
import { t } from '../../../lib/text.ts'

const GRACES = ['3600', '86400', '604800', '2592000'] as const

export interface RotateKeyDialogProps {
  readonly apiKey: ApiKeyOut
  readonly onClose: () => void
}

/** A key like this one, beside it for a while: whatever uses it changes over without a gap. */
export function RotateKeyDialog({ apiKey: { id, name }, onClose }: RotateKeyDialogProps) {
  const rotate = useRotate(id)
  if (rotate.data !== undefined)
    return (
      <ShownOnce
        title={t('apiKeys.created.title', { name })}
        what={t('apiKeys.key')}
        text={rotate.data.key}
        onClose={onClose}
      />
    )
  const onSubmit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    rotate.mutate(Number(formText(event.currentTarget, 'grace')))
  }
  return (
    <Dialog title={t('apiKeys.rotate.title', { name })} onClose={onClose}>
      <form className="stack" onSubmit={onSubmit}>
        <p>{t('apiKeys.rotate.text')}</p>
        <Grace />
        <FormError error={rotate.error} />
        <FormButtons submit={t('apiKeys.rotate')} isPending={rotate.isPending} onCancel={onClose} />
      </form>
    </Dialog>
  )
}

function useRotate(keyId: string) {
  const transport = useTransport()
  const queries = useQueryClient()
  return useAction({
    mutationFn: (gracePeriodSeconds: number) =>
      transport.json<ApiKeyCreatedOut>({
        method: 'POST',
        path: `/api-key/${keyId}/rotate`,
        body: { gracePeriodSeconds },
      }),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['/api-key'] }),
  })
}

function Grace() {
  return (
    <Field label={t('apiKeys.rotate.grace')}>
      {(control) => (
        <select className="input" name="grace" defaultValue="86400" {...control}>
          {GRACES.map((seconds) => (
            <option key={seconds} value={seconds}>
              {t(`apiKeys.rotate.grace.${seconds}`)}
            </option>
          ))}
        </select>
      )}
    </Field>
  )
}
