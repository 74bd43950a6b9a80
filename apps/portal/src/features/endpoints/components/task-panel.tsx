import type { TaskAction } from '@posthorn/client'
import type { BackgroundTaskOut } from '@posthorn/contracts'
import {
  Button,
  formatNumber,
  Notice,
  TASK_TONES,
  TaskPace,
  taskState,
  type TaskState,
  toast,
  useAction,
} from '@posthorn/ui'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import { describeError, QueryView } from '../../../components/query-view.tsx'
import { useClient, useMay } from '../../../lib/client.tsx'
import { useSearchValue } from '../../../lib/router.tsx'
import { t } from '../../../lib/text.ts'
import { TaskSent } from './task-sent.tsx'

const LOOK_MS = 1_000
const SETTLE_MS = 3_000

/** The task that the URL names: it goes on without this page, and is found again after a reload. */
export function TaskPanel() {
  const [taskId, setTask] = useSearchValue('task')
  const [, setOutcome] = useSearchValue('outcome')
  if (taskId === '') return null
  const close = () => {
    setOutcome('')
    setTask('')
  }
  return <Task id={taskId} onClose={close} />
}

function Task({ id, onClose }: { readonly id: string; readonly onClose: () => void }) {
  const client = useClient()
  const query = useQuery({
    queryKey: ['task', id],
    queryFn: ({ signal }) => client.tasks.get(id, { signal }),
    refetchInterval: ({ state }) => lookAgainAfter(state.data),
  })
  const queries = useQueryClient()
  const isOver = query.data !== undefined && lookAgainAfter(query.data) === false
  // What it delivered may have ended the endpoint's trouble.
  useEffect(() => {
    if (isOver) void queries.invalidateQueries({ queryKey: ['endpoint'] })
  }, [isOver, queries])
  return <QueryView query={query}>{(task) => <Progress task={task} onClose={onClose} />}</QueryView>
}

/** Also after its end, as long as what it sent on its way has not come to anything. */
function lookAgainAfter(task: BackgroundTaskOut | undefined): number | false {
  if (task === undefined) return false
  if (task.status === 'running') return LOOK_MS
  return (task.outcomes?.waiting ?? 0) > 0 ? SETTLE_MS : false
}

interface ProgressProps {
  readonly task: BackgroundTaskOut
  readonly onClose: () => void
}

function Progress({ task, onClose }: ProgressProps) {
  const state = taskState(task)
  const { done, total, skipped } = task.progress
  const isUnderWay = state === 'running' || state === 'paused'
  return (
    <Notice tone={TASK_TONES[state]} title={t(`task.${state}`)}>
      {isUnderWay && (
        <progress max={1} value={task.progress.fraction} aria-label={t('task.running')} />
      )}
      <p role="status">
        {total === null
          ? t('task.done', { n: formatNumber(done) })
          : t('task.doneOf', { n: formatNumber(done), total: formatNumber(total) })}
        {skipped > 0 && ` ${t('task.skipped', { n: formatNumber(skipped) })}`}
      </p>
      <TaskPace task={task} />
      <TaskSent task={task} />
      <p className="small soft">{t('replay.sameId')}</p>
      <Actions task={task} state={state} onClose={onClose} />
    </Notice>
  )
}

interface ActionsProps extends ProgressProps {
  readonly state: TaskState
}

function Actions({ task, state, onClose }: ActionsProps) {
  const client = useClient()
  const queries = useQueryClient()
  const mayAct = useMay('CreateAttempts')
  const act = useAction({
    mutationFn: (action: TaskAction) => client.tasks.act(task.id, action),
    onSuccess: (now) => queries.setQueryData(['task', task.id], now),
    onError: (err) => toast(describeError(err)),
  })
  const isUnderWay = state === 'running' || state === 'paused'
  if (!isUnderWay)
    return (
      <Button size="small" onClick={onClose}>
        {t('task.close')}
      </Button>
    )
  if (!mayAct) return null
  const other = state === 'paused' ? 'resume' : 'pause'
  return (
    <div className="row">
      {([other, 'cancel'] as const).map((action) => (
        <Button
          key={action}
          size="small"
          disabled={act.isPending}
          onClick={() => act.mutate(action)}
        >
          {t(`task.${action}`)}
        </Button>
      ))}
    </div>
  )
}
