import type { MessageAttemptOut } from '@posthorn/contracts'
import {
  AttemptDetail,
  Button,
  isPastAttempt,
  Notice,
  triggerText,
  VisibleText,
} from '@posthorn/ui'
import { AttemptTable } from '../../../components/attempt-table.tsx'
import { QueryView } from '../../../components/query-view.tsx'
import { Link, usePlace, useSearchValue } from '../../../lib/router.tsx'
import { useMayAs } from '../../../lib/session.tsx'
import { t } from '../../../lib/text.ts'
import { type MessageKey, useAttempt, useAttempts, useDestinations } from '../api/use-message.ts'
import { AttemptTrace } from './attempt-trace.tsx'

/** Every request that was made for the message, newest first, and one of them whole. */
export function Attempts({ messageKey }: { readonly messageKey: MessageKey }) {
  const [endpointId, setEndpoint] = useSearchValue('endpoint')
  const [chosen] = useSearchValue('attempt')
  const query = useAttempts(messageKey, endpointId)
  return (
    <section className="stack stack-small" aria-labelledby="attempts">
      <div className="row row-between">
        <h2 id="attempts">{t('messages.attempts')}</h2>
        {endpointId !== '' && (
          <Button size="small" onClick={() => setEndpoint('')}>
            {t('messages.attempts.all')}
          </Button>
        )}
      </div>
      <QueryView query={query}>
        {({ data, done }) => (
          <>
            <AttemptTable
              attempts={data}
              about={{
                title: t('messages.endpoint'),
                shown: ({ url }) => <VisibleText text={url} />,
              }}
              number={(attempt) => (
                <>
                  <AttemptLink attempt={attempt} />
                  <div className="small soft">{triggerText(attempt)}</div>
                </>
              )}
            />
            {!done && <p className="soft">{t('messages.attempts.more', { n: data.length })}</p>}
            <Chosen messageKey={messageKey} chosen={chosen} listed={data} />
          </>
        )}
      </QueryView>
    </section>
  )
}

function AttemptLink({ attempt }: { readonly attempt: MessageAttemptOut }) {
  const { path, search } = usePlace()
  const next = new URLSearchParams(search)
  next.set('attempt', attempt.id)
  return (
    <Link
      className="strong-link"
      to={`${path}?${next}`}
      aria-current={search.get('attempt') === attempt.id ? 'true' : undefined}
    >
      {t('messages.attempt.nth', { n: attempt.attemptNumber })}
    </Link>
  )
}

interface ChosenProps {
  readonly messageKey: MessageKey
  readonly chosen: string
  readonly listed: readonly MessageAttemptOut[]
}

/** The attempt that the address names, else the newest. */
function Chosen({ messageKey, chosen, listed }: ChosenProps) {
  const mayRead = useMayAs('support')
  const id = chosen === '' ? (listed[0]?.id ?? '') : chosen
  const query = useAttempt(messageKey, { id, mayRead })
  const destinations = useDestinations(messageKey).data?.data
  const others = { attempts: listed, destinations }
  if (id === '') return null
  if (!mayRead)
    return (
      <Notice tone="idle" title={t('messages.attempt')}>
        <p>{t('messages.attempt.withheld', { role: t('role.support') })}</p>
      </Notice>
    )
  return (
    <section className="card stack" aria-label={t('messages.attempt')}>
      <QueryView query={query}>
        {(attempt) => (
          <>
            <AttemptDetail
              attempt={attempt}
              isPast={isPastAttempt(attempt, others)}
              taskLink={(taskId) => (
                <Link className="mono" to={`/tasks/${taskId}`}>
                  {taskId}
                </Link>
              )}
            />
            <AttemptTrace attempt={attempt} />
          </>
        )}
      </QueryView>
    </section>
  )
}
