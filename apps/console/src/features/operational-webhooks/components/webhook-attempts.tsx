import type { MessageAttemptList, MessageAttemptOut } from '@posthorn/contracts'
import { Cause } from '@posthorn/ui'
import { useQuery } from '@tanstack/react-query'
import { AttemptTable } from '../../../components/attempt-table.tsx'
import { QueryView } from '../../../components/query-view.tsx'
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
          <AttemptTable
            attempts={data}
            note={(attempt) => <Note attempt={attempt} />}
            number={({ attemptNumber: n }) => t('messages.attempt.nth', { n })}
          />
        )}
      </QueryView>
    </section>
  )
}

function Note({ attempt }: { readonly attempt: MessageAttemptOut }) {
  return (
    <>
      {attempt.statusText !== 'success' && (
        <div className="small">
          <Cause attempt={attempt} />
        </div>
      )}
      <div className="mono soft small">{attempt.msgId}</div>
    </>
  )
}
