import type { EndpointOut } from '@posthorn/contracts'
import { Button, DeliveryByHand, deliveryStateQuery, Notice, useAction } from '@posthorn/ui'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { describeError } from '../../../components/query-view.tsx'
import { useClient } from '../../../lib/client.tsx'
import { Link } from '../../../lib/router.tsx'
import { t } from '../../../lib/text.ts'

// Failed, and canceled as an endpoint was disabled.
const FAILED = 2

export interface SendOneFirstProps {
  readonly endpoint: EndpointOut
  readonly span: { readonly since: string; readonly until: string }
}

/** Of what failed and would be sent again the newest alone, and what comes of it: while that fails, so would the rest. */
export function SendOneFirst({ endpoint, span }: SendOneFirstProps) {
  const client = useClient()
  const queries = useQueryClient()
  const send = useAction({
    mutationFn: async () => {
      const asked = { status: FAILED, limit: 1, with_content: false }
      const window = { after: span.since, before: span.until }
      const { data } = await client.endpoints.messages(endpoint.id, { ...asked, ...window })
      const messageId = data[0]?.id ?? null
      if (messageId !== null) await client.attempts.resend(messageId, endpoint.id)
      return messageId
    },
    onSuccess: (messageId) => queries.invalidateQueries({ queryKey: ['message', messageId] }),
  })
  return (
    <>
      <div>
        <Button disabled={send.isPending} onClick={() => send.mutate()}>
          {t('replay.sendOne')}
        </Button>
      </div>
      {send.data === null && <p className="small">{t('replay.sendOne.none')}</p>}
      {send.data !== undefined && send.data !== null && (
        <SentOne messageId={send.data} endpointId={endpoint.id} />
      )}
      {send.error !== null && (
        <Notice tone="bad" isAlert>
          <p>{describeError(send.error)}</p>
        </Notice>
      )}
    </>
  )
}

interface SentOneProps {
  readonly messageId: string
  readonly endpointId: string
}

function SentOne({ messageId, endpointId }: SentOneProps) {
  const client = useClient()
  const endpoint = { id: endpointId, statusText: 'fail' } as const
  const { data } = useQuery(deliveryStateQuery({ client, messageId, endpoint }))
  const manual = data?.manual ?? null
  if (manual === null) return null
  return (
    <>
      <DeliveryByHand state={manual} />
      {manual.statusText === 'success' && <p className="small">{t('replay.sendOne.arrived')}</p>}
      {manual.statusText === 'fail' && (
        <Link className="small" to={`/messages/${messageId}`}>
          {t('replay.sendOne.why')}
        </Link>
      )}
    </>
  )
}
