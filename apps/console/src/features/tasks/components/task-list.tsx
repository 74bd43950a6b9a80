import type { BackgroundTaskList, BackgroundTaskOut } from '@posthorn/contracts'
import { Badge, Button, Empty, Field, ListTable, TASK_TONES, taskState } from '@posthorn/ui'
import { useInfiniteQuery } from '@tanstack/react-query'
import { MoreButton } from '../../../components/more-button.tsx'
import { QueryView } from '../../../components/query-view.tsx'
import { ScreenHeader } from '../../../components/screen-header.tsx'
import { Time } from '../../../components/time.tsx'
import { Link, useSearchValue } from '../../../lib/router.tsx'
import { useTransport } from '../../../lib/session.tsx'
import { t } from '../../../lib/text.ts'
import { fractionOf, isUnderWay } from '../task-state.ts'
import { TaskCounts, taskName } from './task-parts.tsx'

const STATUSES = ['running', 'finished', 'failed'] as const
const POLL_MS = 3_000

/** What goes on by itself: recovering, replaying, purging. */
export function TaskList() {
  const [status, setStatus] = useSearchValue('status')
  const query = useTasks(status)
  const tasks = query.data?.pages.flatMap(({ data }) => data)
  return (
    <div className="stack">
      <ScreenHeader title={t('tasks.title')} />
      <div className="row filters">
        <Field label={t('tasks.state')}>
          {(control) => (
            <select
              className="input"
              value={status}
              onChange={({ target }) => setStatus(target.value)}
              {...control}
            >
              <option value="">{t('tasks.any')}</option>
              {STATUSES.map((name) => (
                <option key={name} value={name}>
                  {t(`tasks.filter.${name}`)}
                </option>
              ))}
            </select>
          )}
        </Field>
      </div>
      <QueryView query={{ ...query, data: tasks }}>
        {(listed) =>
          listed.length === 0 ? (
            <NoTasks isFiltered={status !== ''} onClear={() => setStatus('')} />
          ) : (
            <div className="card card-flush">
              <TaskTable tasks={listed} />
            </div>
          )
        }
      </QueryView>
      <MoreButton query={query} />
    </div>
  )
}

function useTasks(status: string) {
  const transport = useTransport()
  return useInfiniteQuery({
    queryKey: ['tasks', status],
    initialPageParam: '',
    queryFn: ({ pageParam, signal }) =>
      transport.json<BackgroundTaskList>({
        path: '/background-task',
        query: { status, iterator: pageParam },
        signal,
      }),
    getNextPageParam: (page) => (page.done ? undefined : (page.iterator ?? undefined)),
    // A long history that somebody scrolled through isn't read again and again.
    refetchInterval: ({ state }) => (state.data?.pages.length === 1 ? POLL_MS : false),
  })
}

function NoTasks({ isFiltered, onClear }: { isFiltered: boolean; onClear: () => void }) {
  return (
    <div className="card">
      {isFiltered ? (
        <Empty title={t('tasks.emptyFiltered')}>
          <Button onClick={onClear}>{t('list.clear')}</Button>
        </Empty>
      ) : (
        <Empty title={t('tasks.empty')}>
          <p>{t('tasks.empty.text')}</p>
        </Empty>
      )}
    </div>
  )
}

function TaskTable({ tasks }: { readonly tasks: readonly BackgroundTaskOut[] }) {
  return (
    <ListTable>
      <thead>
        <tr>
          <th scope="col">{t('tasks.task')}</th>
          <th scope="col">{t('tasks.state')}</th>
          <th scope="col">{t('tasks.progress')}</th>
          <th scope="col">{t('tasks.started')}</th>
          <th scope="col">{t('tasks.updated')}</th>
        </tr>
      </thead>
      <tbody>
        {tasks.map((task) => (
          <tr key={task.id}>
            <td>
              <Link className="strong-link" to={`/tasks/${task.id}`}>
                {taskName(task)}
              </Link>
              <div className="mono soft small">{task.id}</div>
            </td>
            <td>
              <Badge tone={TASK_TONES[taskState(task)]}>
                {t(`tasks.state.${taskState(task)}`)}
              </Badge>
            </td>
            <td>
              <TaskCounts task={task} />
              {isUnderWay(task) && (
                <progress
                  max={1}
                  value={fractionOf(task)}
                  aria-label={t('tasks.progressOf', { name: taskName(task) })}
                />
              )}
            </td>
            <td data-label={t('tasks.started')}>
              <Time at={task.createdAt} />
            </td>
            <td data-label={t('tasks.updated')}>
              <Time at={task.updatedAt} />
            </td>
          </tr>
        ))}
      </tbody>
    </ListTable>
  )
}
