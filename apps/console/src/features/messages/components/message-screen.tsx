import type { MessageOut } from '@posthorn/contracts'
import { Copyable, isExpired, VisibleText } from '@posthorn/ui'
import { QueryView } from '../../../components/query-view.tsx'
import { TimeAndUtc } from '../../../components/time.tsx'
import { Link } from '../../../lib/router.tsx'
import { t } from '../../../lib/text.ts'
import { useApplicationClient } from '../../../lib/use-application-client.ts'
import { useApplication, useMessage } from '../api/use-message.ts'
import { Attempts } from './attempts.tsx'
import { Deliveries } from './deliveries.tsx'
import { ExpungeButton } from './expunge-button.tsx'
import { Payload } from './payload.tsx'
import { PublishedBy } from './published-by.tsx'
import { SchemaFaults } from './schema-faults.tsx'

export interface MessageScreenProps {
  readonly appId: string
  readonly messageId: string
}

/** One message: whose, what was in it, to whom it went and what came of that. */
export function MessageScreen({ appId, messageId }: MessageScreenProps) {
  const client = useApplicationClient(appId)
  const query = useMessage({ client, messageId })
  const application = useApplication(appId).data
  return (
    <div className="stack">
      <Link to="/messages">{t('messages.title')}</Link>
      {query.data === undefined && <h1 className="visually-hidden">{t('messages.message')}</h1>}
      <QueryView query={query}>
        {({ message, payloadText }) => {
          const key = { client, messageId: message.id }
          return (
            <>
              <Head message={message} appId={appId} appName={application?.name ?? appId} />
              <SchemaFaults faults={message.schemaErrors} />
              <Deliveries
                messageKey={key}
                message={message}
                application={application}
                appId={appId}
                isExpired={isExpired(payloadText)}
              />
              <Attempts messageKey={key} />
              <Payload text={payloadText} message={message} />
              {!isExpired(payloadText) && <ExpungeButton appId={appId} messageId={message.id} />}
            </>
          )
        }}
      </QueryView>
    </div>
  )
}

interface HeadProps {
  readonly message: MessageOut
  readonly appId: string
  readonly appName: string
}

function Head({ message, appId, appName }: HeadProps) {
  const labels = [...(message.channels ?? []), ...(message.tags ?? [])]
  return (
    <header className="stack stack-small">
      <h1>
        <VisibleText text={message.eventType} />
      </h1>
      <dl className="facts">
        <dt>{t('messages.application')}</dt>
        <dd>
          <Link to={`/applications/${appId}`}>
            <VisibleText text={appName} />
          </Link>
        </dd>
        <dt>{t('messages.id')}</dt>
        <dd>
          <Copyable what={t('messages.id')} text={message.id} />
        </dd>
        {message.eventId != null && (
          <>
            <dt>{t('messages.eventId')}</dt>
            <dd>
              <Copyable what={t('messages.eventId')} text={message.eventId} />
            </dd>
          </>
        )}
        <dt>{t('messages.when')}</dt>
        <dd>
          <TimeAndUtc at={message.timestamp} />
        </dd>
        {message.publisher != null && (
          <>
            <dt>{t('messages.publisher')}</dt>
            <dd>
              <PublishedBy publisher={message.publisher} />
            </dd>
          </>
        )}
        {labels.length > 0 && (
          <>
            <dt>{t('messages.labels')}</dt>
            <dd>{labels.join(', ')}</dd>
          </>
        )}
      </dl>
    </header>
  )
}
