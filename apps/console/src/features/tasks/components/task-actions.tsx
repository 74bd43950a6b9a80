import type { BackgroundTaskOut } from '@posthorn/contracts'
import { Button, taskState, toast } from '@posthorn/ui'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { ConfirmDialog } from '../../../components/confirm-dialog.tsx'
import { describeError } from '../../../components/query-view.tsx'
import { useMayAs, useTransport } from '../../../lib/session.tsx'
import { t } from '../../../lib/text.ts'
import { isUnderWay } from '../task-state.ts'

type Action = 'pause' | 'resume' | 'cancel'

export function TaskActions({ task }: { readonly task: BackgroundTaskOut }) {
  const mayAct = useMayAs('support')
  const [isCanceling, setIsCanceling] = useState(false)
  const act = useAct(task.id)
  if (!mayAct || !isUnderWay(task)) return null
  const other = taskState(task) === 'paused' ? 'resume' : 'pause'
  return (
    <div className="row">
      {task.approval?.isWaiting !== true && (
        <Button disabled={act.isPending} onClick={() => act.mutate(other)}>
          {t(`tasks.${other}`)}
        </Button>
      )}
      <Button kind="danger" onClick={() => setIsCanceling(true)}>
        {t('tasks.cancel')}
      </Button>
      {isCanceling && (
        <ConfirmDialog
          title={t('tasks.cancel')}
          action={t('tasks.cancel')}
          onConfirm={() => act.mutateAsync('cancel')}
          onClose={() => setIsCanceling(false)}
        >
          <p>{t('tasks.cancel.text')}</p>
        </ConfirmDialog>
      )}
    </div>
  )
}

function useAct(id: string) {
  const transport = useTransport()
  const queries = useQueryClient()
  return useMutation({
    mutationFn: (action: Action) =>
      transport.json<BackgroundTaskOut>({
        method: 'POST',
        path: `/background-task/${id}/${action}`,
      }),
    onSuccess: (now) => {
      // The answer tells no outcomes: what was counted stays until it is counted again.
      queries.setQueryData<BackgroundTaskOut>(['task', id], (before) => ({
        ...now,
        outcomes: now.outcomes ?? before?.outcomes ?? null,
      }))
      return queries.invalidateQueries({ queryKey: ['tasks'] })
    },
    onError: (err) => toast(describeError(err)),
  })
}
