import type { MessageAttemptOut } from '@posthorn/contracts'
import { AttemptOutcome, formatMs, Time, triggerText, VisibleText } from '@posthorn/ui'
import { Link } from '../lib/router.tsx'
import { t } from '../lib/text.ts'
import type { Selection } from '../lib/use-selection.ts'
import { type LogActions, LogTable } from './log-table.tsx'

export interface AttemptTableProps extends LogActions<MessageAttemptOut> {
  readonly attempts: readonly MessageAttemptOut[]
  /** Beside each attempt stands what varies: its message in an endpoint's log, its endpoint in a message's. */
  readonly of: 'endpoint' | 'message'
  readonly selection?: Selection | undefined
}

export function AttemptTable({ attempts, of, ...rest }: AttemptTableProps) {
  return (
    <LogTable
      of="attempts"
      rows={attempts}
      columns={[
        t('attempts.column.outcome'),
        t(of === 'endpoint' ? 'attempts.column.message' : 'endpoints.column.endpoint'),
        t('attempts.column.attempt'),
        t('attempts.column.took'),
        t('attempts.column.at'),
      ]}
      renderCells={(attempt) => <AttemptCells {...{ attempt, of }} />}
      {...rest}
    />
  )
}

interface AttemptCellsProps extends Pick<AttemptTableProps, 'of'> {
  readonly attempt: MessageAttemptOut
}

function AttemptCells({ attempt, of }: AttemptCellsProps) {
  const to = `/messages/${attempt.msgId}?attempt=${attempt.id}`
  return (
    <>
      <td>
        <AttemptOutcome attempt={attempt} />
      </td>
      <td>
        {of === 'endpoint' ? (
          <>
            <Link className="strong-link" to={to}>
              <VisibleText text={attempt.msg?.eventType ?? t('attempts.open')} />
            </Link>
            <div className="mono soft small">{attempt.msgId}</div>
          </>
        ) : (
          <VisibleText text={attempt.url} />
        )}
      </td>
      <td>
        {of === 'endpoint' ? (
          t('attempts.nth', { n: attempt.attemptNumber })
        ) : (
          <Link className="strong-link" to={to}>
            {t('attempts.nth', { n: attempt.attemptNumber })}
          </Link>
        )}
        <div className="small soft">{triggerText(attempt)}</div>
      </td>
      <td>{formatMs(attempt.responseDurationMs)}</td>
      <td>
        <Time at={attempt.timestamp} />
      </td>
    </>
  )
}
