import type { Client } from '@posthorn/client'
import type { MessageAttemptOut } from '@posthorn/contracts'
import { AttemptOutcome, Empty, formatMs, triggerText, VisibleText } from '@posthorn/ui'
import { useQuery } from '@tanstack/react-query'
import { QueryView } from '../../../components/query-view.tsx'
import { Time } from '../../../components/time.tsx'
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
          <div className="card card-flush">
            {data.length === 0 ? (
              <Empty title={t('messages.attempts.empty')} />
            ) : (
              <AttemptTable attempts={data} appId={appId} />
            )}
          </div>
        )}
      </QueryView>
    </section>
  )
}

interface AttemptTableProps {
  readonly attempts: readonly MessageAttemptOut[]
  readonly appId: string
}

function AttemptTable({ attempts, appId }: AttemptTableProps) {
  return (
    <table className="table">
      <thead>
        <tr>
          <th scope="col">{t('messages.outcome')}</th>
          <th scope="col">{t('messages.message')}</th>
          <th scope="col">{t('messages.attempt')}</th>
          <th scope="col">{t('messages.took')}</th>
          <th scope="col">{t('messages.when')}</th>
        </tr>
      </thead>
      <tbody>
        {attempts.map((attempt) => (
          <AttemptRow key={attempt.id} attempt={attempt} appId={appId} />
        ))}
      </tbody>
    </table>
  )
}

function AttemptRow({
  attempt,
  appId,
}: {
  readonly attempt: MessageAttemptOut
  readonly appId: string
}) {
  return (
    <tr>
      <td>
        <AttemptOutcome attempt={attempt} />
      </td>
      <td>
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
      </td>
      <td>
        {t('messages.attempt.nth', { n: attempt.attemptNumber })}
        <div className="small soft">{triggerText(attempt)}</div>
      </td>
      <td>{formatMs(attempt.responseDurationMs)}</td>
      <td>
        <Time at={attempt.timestamp} />
      </td>
    </tr>
  )
}
