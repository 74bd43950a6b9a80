import type { MessageAttemptOut } from '@posthorn/contracts'
import { AttemptOutcome, Time, VisibleText } from '@posthorn/ui'
import { Link } from '../lib/router.tsx'
import { t } from '../lib/text.ts'
import type { Selection } from '../lib/use-selection.ts'
import { NumberCell, ResponseCell } from './attempt-cells.tsx'
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
        t('attempts.column.response'),
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
      <NumberCell
        attempt={attempt}
        atMost={attempt.attemptsAtMost}
        {...(of === 'message' && { to })}
      />
      <ResponseCell attempt={attempt} />
      <td>
        <Time at={attempt.timestamp} />
      </td>
    </>
  )
}
