import type { EndpointOut } from '@posthorn/contracts'
import { Button, Copyable, toast } from '@posthorn/ui'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { FormError } from '../../../components/form-error.tsx'
import { useMayAs, useTransport } from '../../../lib/session.tsx'
import { t } from '../../../lib/text.ts'

export interface ReceiverEndpointProps {
  readonly appId: string
  readonly url: string
  /** Of the application that lead here. */
  readonly endpointIds: readonly string[]
}

export function ReceiverEndpoint({ appId, url, endpointIds }: ReceiverEndpointProps) {
  const transport = useTransport()
  const queries = useQueryClient()
  const isAdmin = useMayAs('admin')
  const create = useMutation({
    mutationFn: () =>
      transport.json<EndpointOut>({
        method: 'POST',
        path: `/app/${encodeURIComponent(appId)}/endpoint`,
        body: { url, description: t('testReceiver.title') },
      }),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: ['test-receiver', appId] })
      toast(t('testReceiver.endpoint.created'))
    },
  })
  return (
    <section className="card stack stack-small">
      <h2>{t('testReceiver.url')}</h2>
      <Copyable what={t('testReceiver.url')} text={url} />
      {endpointIds.length === 0 ? (
        <>
          <p>{t(isAdmin ? 'testReceiver.endpoint.none' : 'testReceiver.endpoint.ask')}</p>
          <FormError error={create.error} />
          {isAdmin && (
            <div className="row">
              <Button kind="primary" disabled={create.isPending} onClick={() => create.mutate()}>
                {t('testReceiver.endpoint.create')}
              </Button>
            </div>
          )}
        </>
      ) : (
        <p>
          {t('testReceiver.endpoint.there')}{' '}
          <span className="mono anywhere">{endpointIds.join(', ')}</span>
        </p>
      )}
    </section>
  )
}
