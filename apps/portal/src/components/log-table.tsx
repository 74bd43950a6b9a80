import { Button, ListKeys, Menu, useRowsInView } from '@posthorn/ui'
import type { ReactNode } from 'react'
import { useMay } from '../lib/client.tsx'
import { LIST_GO } from '../lib/list-go.ts'
import { t } from '../lib/text.ts'
import { useCopyCurl } from '../lib/use-curl.ts'
import { type Delivery, type OnReplayed, useReplay } from '../lib/use-replay.ts'
import type { Selection } from '../lib/use-selection.ts'
import { copyText } from './copy-button.tsx'

/** Of a delivery: one of its attempts, or all of it. */
export interface LogRow extends Delivery {
  readonly id: string
}

export interface LogActions<T> {
  /** Further than sending a row again: what failed since it was published. */
  readonly onRecoverSince?: ((row: T) => void) | undefined
  readonly onReplayed?: OnReplayed | undefined
}

export interface LogTableProps<T> extends LogActions<T> {
  /** What a row is of. */
  readonly of: 'attempts' | 'messages'
  readonly rows: readonly T[]
  readonly columns: readonly string[]
  readonly renderCells: (row: T) => ReactNode
  readonly selection?: Selection | undefined
}

/** Rows that can be selected, and each be sent again, from its menu or by key. */
export function LogTable<T extends LogRow>(props: LogTableProps<T>) {
  const { of, rows, columns, renderCells, selection, ...actions } = props
  const mayAttempt = useMay('CreateAttempts')
  const replay = useReplay(actions.onReplayed)
  const onReplay = (index: number) => {
    const row = rows[index]
    if (row !== undefined) replay.mutate([row])
  }
  const inView = useRowsInView(rows)
  return (
    <ListKeys go={LIST_GO} onReplay={mayAttempt ? onReplay : undefined} onMark={selection?.toggle}>
      <table className="table">
        <thead>
          <tr>
            {selection !== undefined && <HiddenHead text={t('attempts.selection')} />}
            {columns.map((column) => (
              <th key={column} scope="col">
                {column}
              </th>
            ))}
            <HiddenHead text={t('list.actions')} />
          </tr>
        </thead>
        <tbody>
          {inView.map((row, index) => (
            <tr key={row.id}>
              {selection !== undefined && (
                <td className="cell-select">
                  <input
                    type="checkbox"
                    aria-label={t(`${of}.select`, { id: row.id })}
                    checked={selection.has(row.id)}
                    onChange={() => selection.toggle(index, false)}
                  />
                </td>
              )}
              {renderCells(row)}
              <td className="cell-actions">
                <Menu isArrow label={t(`${of}.menu`, { id: row.id })}>
                  <RowActions {...{ of, row }} {...actions} />
                </Menu>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </ListKeys>
  )
}

function HiddenHead({ text }: { readonly text: string }) {
  return (
    <th scope="col">
      <span className="visually-hidden">{text}</span>
    </th>
  )
}

interface RowActionsProps<T> extends LogActions<T> {
  readonly of: LogTableProps<T>['of']
  readonly row: T
}

function RowActions<T extends LogRow>(props: RowActionsProps<T>) {
  const { of, row, onRecoverSince, onReplayed } = props
  const mayAttempt = useMay('CreateAttempts')
  const replay = useReplay(onReplayed)
  const copyCurl = useCopyCurl()
  const { msgId, endpointId } = row
  return (
    <>
      {mayAttempt && (
        <Button disabled={replay.isPending} onClick={() => replay.mutate([row])}>
          {t('replay')}
        </Button>
      )}
      {mayAttempt && onRecoverSince !== undefined && (
        <Button onClick={() => onRecoverSince(row)}>{t('attempts.recoverSince')}</Button>
      )}
      <Button onClick={() => void copyText(t('message.id'), msgId)}>{t('attempts.copyId')}</Button>
      <Button onClick={() => void copyCurl(of === 'attempts' ? row : { msgId, endpointId })}>
        {t('attempts.copyCurl')}
      </Button>
    </>
  )
}
