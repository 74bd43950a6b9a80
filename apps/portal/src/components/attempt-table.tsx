import type { MessageAttemptOut } from '@posthorn/contracts'
import {
  Button,
  causeSentence,
  DeliveryStatus,
  formatMs,
  Menu,
  Time,
  triggerText,
  VisibleText,
} from '@posthorn/ui'
import { type ReactNode } from 'react'
import { useMay } from '../lib/client.tsx'
import { Link } from '../lib/router.tsx'
import { t } from '../lib/text.ts'
import { useReplay } from '../lib/use-replay.ts'
import { copyText } from './copy-button.tsx'

export interface AttemptTableProps {
  readonly attempts: readonly MessageAttemptOut[]
  /** Beside each attempt stands what varies: its message in an endpoint's log, its endpoint in a message's. */
  readonly of: 'endpoint' | 'message'
  /** Further entries of a row's menu. */
  readonly moreActions?: (attempt: MessageAttemptOut) => ReactNode
}

export function AttemptTable({ attempts, of, moreActions }: AttemptTableProps) {
  return (
    <table className="table">
      <thead>
        <tr>
          <th scope="col">{t('attempts.column.outcome')}</th>
          <th scope="col">
            {t(of === 'endpoint' ? 'attempts.column.message' : 'endpoints.column.endpoint')}
          </th>
          <th scope="col">{t('attempts.column.attempt')}</th>
          <th scope="col">{t('attempts.column.took')}</th>
          <th scope="col">{t('attempts.column.at')}</th>
          <th scope="col">
            <span className="visually-hidden">{t('list.actions')}</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {attempts.map((attempt) => (
          <AttemptRow key={attempt.id} {...{ attempt, of }} more={moreActions?.(attempt)} />
        ))}
      </tbody>
    </table>
  )
}

interface RowMenuProps {
  readonly attempt: MessageAttemptOut
  readonly more: ReactNode
}

interface AttemptRowProps extends RowMenuProps {
  readonly of: AttemptTableProps['of']
}

function AttemptRow({ attempt, of, more }: AttemptRowProps) {
  const hasFailed = attempt.statusText !== 'success'
  const to = `/messages/${attempt.msgId}?attempt=${attempt.id}`
  return (
    <tr>
      <td>
        <DeliveryStatus status={attempt.statusText} />
        {hasFailed && (
          <div className="small soft">
            <VisibleText text={causeSentence(attempt)} />
          </div>
        )}
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
      <td className="cell-actions">
        <RowMenu attempt={attempt} more={more} />
      </td>
    </tr>
  )
}

function RowMenu({ attempt, more }: RowMenuProps) {
  const mayAttempt = useMay('CreateAttempts')
  const replay = useReplay(attempt.msgId)
  return (
    <Menu isArrow label={t('attempts.menu', { id: attempt.id })}>
      {mayAttempt && (
        <Button disabled={replay.isPending} onClick={() => replay.mutate(attempt.endpointId)}>
          {t('replay')}
        </Button>
      )}
      {mayAttempt && more}
      <Button onClick={() => void copyText(t('message.id'), attempt.msgId)}>
        {t('attempts.copyId')}
      </Button>
    </Menu>
  )
}
