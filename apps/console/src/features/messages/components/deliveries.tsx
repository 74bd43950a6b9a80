import type { ApplicationOut, MessageOut } from '@posthorn/contracts'
import { Button, Notice } from '@posthorn/ui'
import { useState } from 'react'
import { CopyButton } from '../../../components/copy-button.tsx'
import { QueryView } from '../../../components/query-view.tsx'
import { useMayAs } from '../../../lib/session.tsx'
import { t } from '../../../lib/text.ts'
import {
  type Delivery,
  type MessageKey,
  useAttempts,
  useDeliveries,
  useDestinations,
} from '../api/use-message.ts'
import { useReplay } from '../api/use-replay.ts'
import { ticketSummary } from '../ticket-summary.ts'
import { DeliveryCard } from './delivery-card.tsx'
import { SendElsewhere } from './send-elsewhere.tsx'

// Of each is asked how it stands: not of hundreds at once.
const SHOWN_AT_FIRST = 25

export interface DeliveriesProps {
  readonly messageKey: MessageKey
  readonly message: MessageOut
  readonly application: ApplicationOut | undefined
  readonly appId: string
  readonly isExpired: boolean
}

export function Deliveries(props: DeliveriesProps) {
  const { messageKey, message } = props
  const query = useDestinations(messageKey)
  const [shown, setShown] = useState(SHOWN_AT_FIRST)
  const all = query.data?.data ?? []
  const deliveries = useDeliveries(messageKey, all.slice(0, shown))
  const attempts = useAttempts(messageKey, '').data?.data ?? []
  return (
    <section className="stack stack-small" aria-labelledby="deliveries">
      <div className="row row-between">
        <h2 id="deliveries">{t('messages.deliveries')}</h2>
        <Actions {...props} {...{ deliveries, attempts }} isPart={all.length > shown} />
      </div>
      <QueryView query={query}>
        {({ data, done }) => (
          <>
            {data.length === 0 && <NoDelivery message={message} />}
            {deliveries.map((delivery) => (
              <DeliveryCard
                key={delivery.endpoint.id}
                messageKey={messageKey}
                appId={props.appId}
                delivery={delivery}
                last={attempts.find(({ endpointId }) => endpointId === delivery.endpoint.id)}
                isExpired={props.isExpired}
              />
            ))}
            {data.length > shown && (
              <div className="row">
                <Button onClick={() => setShown(shown + SHOWN_AT_FIRST)}>{t('list.more')}</Button>
              </div>
            )}
            {!done && <p className="soft">{t('messages.deliveries.more', { n: data.length })}</p>}
          </>
        )}
      </QueryView>
    </section>
  )
}

function NoDelivery({ message: { unmatched } }: { readonly message: MessageOut }) {
  return (
    <Notice tone="idle">
      <p>{unmatched === null ? t('messages.noDelivery') : t(`unmatched.${unmatched}.text`)}</p>
    </Notice>
  )
}

interface ActionsProps extends DeliveriesProps {
  readonly deliveries: readonly Delivery[]
  /** There are more: of these it isn't known how they stand. */
  readonly isPart: boolean
  readonly attempts: Parameters<typeof ticketSummary>[0]['attempts']
}

function Actions({ messageKey, deliveries, isPart, attempts, ...props }: ActionsProps) {
  const maySend = useMayAs('support') && !props.isExpired
  const replay = useReplay(messageKey)
  const [isSending, setIsSending] = useState(false)
  const failed = deliveries.filter(canBeSentAgain).map(({ endpoint }) => endpoint.id)
  const { message, application, appId } = props
  const summary = () =>
    ticketSummary({ message, appId, appName: application?.name ?? null, deliveries, attempts })
  return (
    <div className="row">
      {maySend && failed.length > 1 && (
        <Button size="small" disabled={replay.isPending} onClick={() => replay.mutate(failed)}>
          {t(isPart ? 'replay.shownFailed' : 'replay.allFailed', { n: failed.length })}
        </Button>
      )}
      {maySend && (
        <Button size="small" onClick={() => setIsSending(true)}>
          {t('replay.elsewhere')}
        </Button>
      )}
      <CopyButton what={t('messages.summary')} text={summary}>
        {t('messages.summary.copy')}
      </CopyButton>
      {isSending && (
        <SendElsewhere
          appId={appId}
          messageKey={messageKey}
          had={deliveries.map(({ endpoint }) => endpoint.id)}
          onClose={() => setIsSending(false)}
        />
      )}
    </div>
  )
}

/** Failed, and nobody sent it again with success, or is about to. */
function canBeSentAgain({ endpoint, state }: Delivery): boolean {
  const manual = state?.manual?.statusText
  const isMended = manual === 'success' || manual === 'pending' || manual === 'sending'
  return endpoint.statusText === 'fail' && !endpoint.disabled && !isMended
}
