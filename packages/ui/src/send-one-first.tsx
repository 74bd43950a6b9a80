import type { Client } from '@posthorn/client'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { type ReactNode, useEffect, useEffectEvent } from 'react'
import { Button } from './button.tsx'
import { DeliveryByHand } from './delivery-by-hand.tsx'
import { deliveryStateQuery } from './delivery-state-query.ts'
import { Notice } from './notice.tsx'
import { useAction } from './use-action.ts'
import { t } from './words.ts'

// Failed, and canceled as an endpoint was disabled.
const FAILED = 2

export interface SendOneFirstProps {
  readonly client: Pick<Client, 'attempts' | 'endpoints' | 'messages'>
  readonly endpointId: string
  readonly span: { readonly since: string; readonly until: string }
  /** Absent: of any type. */
  readonly eventTypes?: readonly string[]
  /** What would be sent is one less then. */
  readonly onArrived: () => void
  /** Leads to the page of that message. */
  readonly why: (messageId: string, text: string) => ReactNode
}

/** The part of an app that tries a recovery out, in that app's words for what is refused. */
export function createSendOneFirst(texts: { readonly describeError: (err: unknown) => string }) {
  /** Of what failed and would be sent again the newest alone, and what comes of it: while that fails, so would the rest. */
  function SendOneFirst(props: SendOneFirstProps) {
    const { client, endpointId, span, eventTypes = [], ...shown } = props
    const queries = useQueryClient()
    const send = useAction({
      mutationFn: async () => {
        const asked = { status: FAILED, limit: 1, with_content: false }
        const window = { after: span.since, before: span.until }
        const of = { event_types: eventTypes.join(',') }
        const { data } = await client.endpoints.messages(endpointId, { ...asked, ...window, ...of })
        const messageId = data[0]?.id ?? null
        if (messageId !== null) await client.attempts.resend(messageId, endpointId)
        return messageId
      },
      onSuccess: (messageId) => queries.invalidateQueries({ queryKey: ['message', messageId] }),
    })
    return (
      <>
        <div>
          <Button disabled={send.isPending} onClick={() => send.mutate()}>
            {t('sendOne')}
          </Button>
        </div>
        {send.data === null && <p className="small">{t('sendOne.none')}</p>}
        {send.data !== undefined && send.data !== null && (
          <SentOne messageId={send.data} {...{ client, endpointId, ...shown }} />
        )}
        {send.error !== null && (
          <Notice tone="bad" isAlert>
            <p>{texts.describeError(send.error)}</p>
          </Notice>
        )}
      </>
    )
  }

  return { SendOneFirst }
}

interface SentOneProps extends Omit<SendOneFirstProps, 'span'> {
  readonly messageId: string
}

function SentOne({ client, messageId, endpointId, onArrived, why }: SentOneProps) {
  const endpoint = { id: endpointId, statusText: 'fail' } as const
  const { data } = useQuery(deliveryStateQuery({ client, messageId, endpoint }))
  const manual = data?.manual ?? null
  const hasArrived = manual?.statusText === 'success'
  const arrived = useEffectEvent(onArrived)
  useEffect(() => {
    if (hasArrived) arrived()
  }, [hasArrived, messageId])
  if (manual === null) return null
  return (
    <>
      <DeliveryByHand state={manual} />
      {hasArrived && <p className="small">{t('sendOne.arrived')}</p>}
      {manual.statusText === 'fail' && why(messageId, t('sendOne.why'))}
    </>
  )
}
