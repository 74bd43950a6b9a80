import type { MessageAttemptOut } from '@posthorn/contracts'
import {
  AttemptOutcome,
  Button,
  formatMs,
  ListKeys,
  Menu,
  Time,
  triggerText,
  useRowsInView,
  VisibleText,
} from '@posthorn/ui'
import { type ReactNode } from 'react'
import { useMay } from '../lib/client.tsx'
import { LIST_GO } from '../lib/list-go.ts'
import { Link } from '../lib/router.tsx'
import { t } from '../lib/text.ts'
import { useCopyCurl } from '../lib/use-curl.ts'
import { useReplay } from '../lib/use-replay.ts'
import type { Selection } from '../lib/use-selection.ts'
import { copyText } from './copy-button.tsx'

export interface AttemptTableProps {
  readonly attempts: readonly MessageAttemptOut[]
  /** Beside each attempt stands what varies: its message in an endpoint's log, its endpoint in a message's. */
  readonly of: 'endpoint' | 'message'
  /** Further entries of a row's menu. */
  readonly moreActions?: (attempt: MessageAttemptOut) => ReactNode
  readonly selection?: Selection
}

export function AttemptTable({ attempts, of, moreActions, selection }: AttemptTableProps) {
  const replay = useReplay()
  const onReplay = (index: number) => {
    const attempt = attempts[index]
    if (attempt !== undefined) replay.mutate(attempt)
  }
  const mayAttempt = useMay('CreateAttempts')
  const rows = useRowsInView(attempts)
  return (
    <ListKeys go={LIST_GO} onReplay={mayAttempt ? onReplay : undefined} onMark={selection?.toggle}>
      <table className="table">
        <thead>
          <tr>
            {selection !== undefined && (
              <th scope="col">
                <span className="visually-hidden">{t('attempts.selection')}</span>
              </th>
            )}
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
          {rows.map((attempt, index) => (
            <AttemptRow
              key={attempt.id}
              {...{ attempt, of, index, selection }}
              more={moreActions?.(attempt)}
            />
          ))}
        </tbody>
      </table>
    </ListKeys>
  )
}

interface RowMenuProps {
  readonly attempt: MessageAttemptOut
  readonly more: ReactNode
}

interface AttemptRowProps extends RowMenuProps {
  readonly of: AttemptTableProps['of']
  readonly index: number
  readonly selection: Selection | undefined
}

function AttemptRow({ attempt, of, more, index, selection }: AttemptRowProps) {
  const to = `/messages/${attempt.msgId}?attempt=${attempt.id}`
  return (
    <tr>
      <SelectCell {...{ attempt, index, selection }} />
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
      <td className="cell-actions">
        <RowMenu attempt={attempt} more={more} />
      </td>
    </tr>
  )
}

function SelectCell({ attempt, index, selection }: Omit<AttemptRowProps, 'more' | 'of'>) {
  if (selection === undefined) return null
  return (
    <td className="cell-select">
      <input
        type="checkbox"
        aria-label={t('attempts.select', { id: attempt.id })}
        checked={selection.has(attempt.id)}
        onChange={() => selection.toggle(index, false)}
      />
    </td>
  )
}

function RowMenu({ attempt, more }: RowMenuProps) {
  return (
    <Menu isArrow label={t('attempts.menu', { id: attempt.id })}>
      <RowActions attempt={attempt} more={more} />
    </Menu>
  )
}

function RowActions({ attempt, more }: RowMenuProps) {
  const mayAttempt = useMay('CreateAttempts')
  const replay = useReplay()
  const copyCurl = useCopyCurl()
  return (
    <>
      {mayAttempt && (
        <Button disabled={replay.isPending} onClick={() => replay.mutate(attempt)}>
          {t('replay')}
        </Button>
      )}
      {mayAttempt && more}
      <Button onClick={() => void copyText(t('message.id'), attempt.msgId)}>
        {t('attempts.copyId')}
      </Button>
      <Button onClick={() => void copyCurl(attempt)}>{t('attempts.copyCurl')}</Button>
    </>
  )
}
