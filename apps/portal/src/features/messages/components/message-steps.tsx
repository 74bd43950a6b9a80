import type { MessageAttemptOut } from '@posthorn/contracts'
import { useMay } from '../../../lib/client.tsx'
import { PageName } from '../../../lib/page-name.tsx'
import { Link, navigate, usePlace, useSearchValue } from '../../../lib/router.tsx'
import { t } from '../../../lib/text.ts'
import { useReplay } from '../../../lib/use-replay.ts'
import { useNeighbours } from '../api/use-neighbours.ts'
import { useMessageKeys } from './use-message-keys.ts'

export interface MessageStepsProps {
  readonly messageId: string
  /** Newest first. */
  readonly attempts: readonly MessageAttemptOut[]
  readonly isExpired: boolean
}

/** The way to the messages beside this one in the list that it was opened from, by link and by key. */
export function MessageSteps({ messageId, attempts, isExpired }: MessageStepsProps) {
  const { next, previous } = useNeighbours(messageId)
  const list = useListPath()
  const mayAttempt = useMay('CreateAttempts')
  const replay = useReplay()
  const attempt = useAttemptSteps(attempts)
  const to = (id: string) => list(`/messages/${id}`)
  const { shown } = attempt
  useMessageKeys({
    j: next === null ? null : () => navigate(to(next)),
    k: previous === null ? null : () => navigate(to(previous)),
    '[': attempt.newer,
    ']': attempt.older,
    r: mayAttempt && !isExpired && shown !== undefined ? () => replay.mutate([shown]) : null,
    Escape: () => navigate(list('/messages')),
  })
  return (
    <nav className="row row-between" aria-label={t('message.steps')}>
      <Link to={list('/messages')}>
        <PageName of="messages" />
      </Link>
      <span className="row small">
        {previous !== null && (
          <Link to={to(previous)} title="k">
            {t('message.newer')}
          </Link>
        )}
        {next !== null && (
          <Link to={to(next)} title="j">
            {t('message.older')}
          </Link>
        )}
        <span className="soft message-keys">{t('message.keys')}</span>
      </span>
    </nav>
  )
}

/** A path with the filters of the list that this message was opened from. */
function useListPath(): (path: string) => string {
  const { search } = usePlace()
  const filters = new URLSearchParams(search)
  filters.delete('attempt')
  return (path) => (filters.size === 0 ? path : `${path}?${filters}`)
}

function useAttemptSteps(attempts: readonly MessageAttemptOut[]) {
  const [chosen, choose] = useSearchValue('attempt')
  const index = Math.max(
    0,
    attempts.findIndex(({ id }) => id === chosen),
  )
  const step = (by: number) => {
    const to = attempts[index + by]
    return to === undefined ? null : () => choose(to.id)
  }
  return { shown: attempts[index], newer: step(-1), older: step(1) }
}
