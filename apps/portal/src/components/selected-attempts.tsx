import type { MessageAttemptOut } from '@posthorn/contracts'
import { Button, toast, useAction } from '@posthorn/ui'
import { useQueryClient } from '@tanstack/react-query'
import { useClient } from '../lib/client.tsx'
import { t } from '../lib/text.ts'
import type { Selection } from '../lib/use-selection.ts'
import { describeError } from './query-view.tsx'

export interface SelectedAttemptsProps {
  readonly attempts: readonly MessageAttemptOut[]
  readonly selection: Selection
}

/** What can be done with the selected rows. Its place is held, so that nothing moves when a row is selected. */
export function SelectedAttempts({ attempts, selection }: SelectedAttemptsProps) {
  const client = useClient()
  const queries = useQueryClient()
  const chosen = attempts.filter(({ id }) => selection.has(id))
  // One delivery may have several of the attempts.
  const deliveries = new Map(chosen.map((one) => [`${one.msgId} ${one.endpointId}`, one]))
  const replay = useAction({
    mutationFn: async () => {
      for (const { msgId, endpointId } of deliveries.values())
        await client.attempts.resend(msgId, endpointId)
    },
    onSuccess: () => {
      toast(t('replay.queued'))
      selection.clear()
      return queries.invalidateQueries({ queryKey: ['message'] })
    },
    onError: (err) => toast(describeError(err)),
  })
  return (
    <div className="row selected-rows" role="status">
      {chosen.length === 0 ? (
        <span className="small soft select-hint">{t('attempts.selectHint')}</span>
      ) : (
        <>
          <span>{t('attempts.selected', { n: chosen.length })}</span>
          <Button size="small" disabled={replay.isPending} onClick={() => replay.mutate()}>
            {t('attempts.replaySelected', { n: deliveries.size })}
          </Button>
          <Button size="small" kind="plain" onClick={selection.clear}>
            {t('attempts.clearSelected')}
          </Button>
        </>
      )}
    </div>
  )
}
