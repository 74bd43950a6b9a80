import type { BackgroundTaskOut } from '@posthorn/contracts'
import { Button, Notice } from '@posthorn/ui'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { describeError, QueryView } from '../../../components/query-view.tsx'
import { toast } from '../../../components/toast.tsx'
import { useClient, useMay } from '../../../lib/client.tsx'
import { formatNumber } from '../../../lib/format.ts'
import { useSearchValue } from '../../../lib/router.tsx'
import { t } from '../../../lib/text.ts'

const LOOK_MS = 1_000

/** The recovery that the URL names: it goes on without this page, and is found again after a reload. */
export function TaskPanel() {
  const [taskId, setTask] = useSearchValue('task')
  if (taskId === '') return null
  return <Task id={taskId} onClose={() => setTask('')} />
}

function Task({ id, onClose }: { readonly id: string; readonly onClose: () => void }) {
  const client = useClient()
  const query = useQuery({
    queryKey: ['task', id],
    queryFn: ({ signal }) => client.tasks.get(id, { signal }),
    refetchInterval: ({ state }) => (state.data?.status === 'running' ? LOOK_MS : false),
  })
  return <QueryView query={query}>{(task) => <Progress task={task} onClose={onClose} />}</QueryView>
}

interface ProgressProps {
  readonly task: BackgroundTaskOut
  readonly onClose: () => void
}

function Progress({ task, onClose }: ProgressProps) {
  const client = useClient()
  const queries = useQueryClient()
  const mayCancel = useMay('CreateAttempts')
  const cancel = useMutation({
    mutationFn: () => client.tasks.cancel(task.id),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['task', task.id] }),
    onError: (err) => toast(describeError(err)),
  })
  const isRunning = task.status === 'running'
  const state = task.canceledAt === null ? task.status : 'canceled'
  return (
    <Notice tone={TONES[state]} title={t(`task.${state}`)}>
      <p role="status">{t('task.done', { n: formatNumber(task.progress.done) })}</p>
      {isRunning && <progress aria-label={t('task.running')} />}
      <p className="small soft">{t('task.sameId')}</p>
      <div className="row">
        {isRunning && mayCancel && (
          <Button size="small" disabled={cancel.isPending} onClick={() => cancel.mutate()}>
            {t('task.cancel')}
          </Button>
        )}
        {!isRunning && (
          <Button size="small" onClick={onClose}>
            {t('task.close')}
          </Button>
        )}
      </div>
    </Notice>
  )
}

const TONES = { running: 'idle', finished: 'good', failed: 'bad', canceled: 'warn' } as const
