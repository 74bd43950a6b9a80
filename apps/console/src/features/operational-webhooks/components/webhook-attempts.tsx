import type { MessageAttemptList, MessageAttemptOut } from '@posthorn/contracts'
import { AttemptOutcome, Cause, Empty, formatMs } from '@posthorn/ui'
import { useQuery } from '@tanstack/react-query'
import { QueryView } from '../../../components/query-view.tsx'
import { Time } from '../../../components/time.tsx'
import { useTransport } from '../../../lib/session.tsx'
import { t } from '../../../lib/text.ts'
import { pathOf } from '../use-operational-webhooks.ts'

const SHOWN = 50
const POLL_MS = 5_000

/** The newest requests to it, and why each failed. */
export function WebhookAttempts({ id }: { readonly id: string }) {
  const transport = useTransport()
  const query = useQuery({
    queryKey: ['operational-webhook-attempts', id],
    queryFn: ({ signal }) =>
      transport.json<MessageAttemptList>({
        path: `${pathOf(id)}/attempt`,
        query: { limit: SHOWN },
        signal,
      }),
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
              <AttemptTable attempts={data} />
            )}
          </div>
        )}
      </QueryView>
    </section>
  )
}

function AttemptTable({ attempts }: { readonly attempts: readonly MessageAttemptOut[] }) {
  return (
    <table className="table">
      <thead>
        <tr>
          <th scope="col">{t('messages.outcome')}</th>
          <th scope="col">{t('messages.attempt')}</th>
          <th scope="col">{t('messages.took')}</th>
          <th scope="col">{t('messages.when')}</th>
        </tr>
      </thead>
      <tbody>
        {attempts.map((attempt) => (
          <AttemptRow key={attempt.id} attempt={attempt} />
        ))}
      </tbody>
    </table>
  )
}

function AttemptRow({ attempt }: { readonly attempt: MessageAttemptOut }) {
  return (
    <tr>
      <td>
        <AttemptOutcome attempt={attempt} />
        {attempt.statusText !== 'success' && (
          <div className="small">
            <Cause attempt={attempt} />
          </div>
        )}
        <div className="mono soft small">{attempt.msgId}</div>
      </td>
      <td>{t('messages.attempt.nth', { n: attempt.attemptNumber })}</td>
      <td>{formatMs(attempt.responseDurationMs)}</td>
      <td>
        <Time at={attempt.timestamp} />
      </td>
    </tr>
  )
}
