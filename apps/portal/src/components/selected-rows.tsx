import { Button } from '@posthorn/ui'
import { t } from '../lib/text.ts'
import { type OnReplayed, useReplay } from '../lib/use-replay.ts'
import type { Selection } from '../lib/use-selection.ts'
import type { LogRow } from './log-table.tsx'

export interface SelectedRowsProps {
  readonly rows: readonly LogRow[]
  readonly selection: Selection
  readonly onReplayed: OnReplayed | undefined
}

/** What can be done with the selected rows. Its place is held, so that nothing moves when a row is selected. */
export function SelectedRows({ rows, selection, onReplayed }: SelectedRowsProps) {
  const replay = useReplay((deliveries) => {
    selection.clear()
    onReplayed?.(deliveries)
  })
  const chosen = rows.filter(({ id }) => selection.has(id))
  // One delivery may have several of the rows.
  const deliveries = [
    ...new Map(chosen.map((one) => [`${one.msgId} ${one.endpointId}`, one])).values(),
  ]
  return (
    <div className="row selected-rows" role="status">
      {chosen.length === 0 ? (
        <span className="small soft select-hint">{t('attempts.selectHint')}</span>
      ) : (
        <>
          <span>{t('attempts.selected', { n: chosen.length })}</span>
          <Button
            size="small"
            disabled={replay.isPending}
            onClick={() => replay.mutate(deliveries)}
          >
            {t('attempts.replaySelected', { n: deliveries.length })}
          </Button>
          <Button size="small" kind="plain" onClick={selection.clear}>
            {t('attempts.clearSelected')}
          </Button>
        </>
      )}
    </div>
  )
}
