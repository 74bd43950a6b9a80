import type { Client } from '@posthorn/client'
import type { MessageAttemptOut } from '@posthorn/contracts'
import { triggerText, VisibleText } from '@posthorn/ui'
import { useQuery } from '@tanstack/react-query'
import { AttemptTable } from '../../../components/attempt-table.tsx'
import { QueryView } from '../../../components/query-view.tsx'
import { Link } from '../../../lib/router.tsx'
import { t } from '../../../lib/text.ts'

const SHOWN = 50
const POLL_MS = 5_000

export interface EndpointAttemptsProps {
  readonly client: Client
  readonly appId: string
  readonly endpointId: string
}

/** The newest requests to an endpoint, each leading to its message. */
export function EndpointAttempts({ client, appId, endpointId }: EndpointAttemptsProps) {
  const query = useQuery({
    queryKey: ['endpoint', endpointId, 'attempts'],
    queryFn: ({ signal }) =>
      client.attempts.listByEndpoint(
        endpointId,
        { limit: SHOWN, with_msg: true, with_content: false },
        { signal },
      ),
    refetchInterval: POLL_MS,
  })
  return (
    <section className="stack stack-small" aria-labelledby="attempts">
      <h2 id="attempts">{t('endpoints.attempts')}</h2>
      <QueryView query={query}>
        {({ data }) => (
          <AttemptTable
            attempts={data}
            about={{
              title: t('messages.message'),
              shown: (attempt) => <OfMessage attempt={attempt} appId={appId} />,
            }}
            number={(attempt) => (
              <>
                {t('messages.attempt.nth', { n: attempt.attemptNumber })}
                <div className="small soft">{triggerText(attempt)}</div>
              </>
            )}
          />
        )}
      </QueryView>
    </section>
  )
}

interface OfMessageProps {
  readonly attempt: MessageAttemptOut
  readonly appId: string
}

function OfMessage({ attempt, appId }: OfMessageProps) {
  return (
    <>
      <Link
        className="strong-link mono"
        to={`/messages/${appId}/${attempt.msgId}?attempt=${attempt.id}`}
      >
        {attempt.msgId}
      </Link>
      {/* A viewer is given no message beside the attempt. */}
      {attempt.msg != null && (
        <div className="small soft">
          <VisibleText text={attempt.msg.eventType} />
        </div>
      )}
    </>
  )
}
