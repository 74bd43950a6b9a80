import type { BackgroundTaskOut } from '@posthorn/contracts'
import {
  Badge,
  Copyable,
  formatNumber,
  Notice,
  TASK_TONES,
  TaskPace,
  taskState,
  VisibleText,
} from '@posthorn/ui'
import { useQuery } from '@tanstack/react-query'
import { QueryView } from '../../../components/query-view.tsx'
import { TimeAndUtc } from '../../../components/time.tsx'
import { Link } from '../../../lib/router.tsx'
import { useTransport } from '../../../lib/session.tsx'
import { t } from '../../../lib/text.ts'
import { fractionOf, isUnderWay } from '../task-state.ts'
import { TaskActions } from './task-actions.tsx'
import { TaskCounts, taskName } from './task-parts.tsx'
import { TaskSent } from './task-sent.tsx'

const LOOK_MS = 1_000
const SETTLE_MS = 3_000

/** A task goes on without this page, and is found here again. */
export function TaskScreen({ id }: { readonly id: string }) {
  const transport = useTransport()
  const query = useQuery({
    queryKey: ['task', id],
    queryFn: ({ signal }) =>
      transport.json<BackgroundTaskOut>({ path: `/background-task/${id}`, signal }),
    refetchInterval: ({ state }) => lookAgainAfter(state.data),
  })
  return (
    <div className="stack">
      <Link to="/tasks">{t('tasks.title')}</Link>
      {query.data === undefined && <h1 className="visually-hidden">{t('tasks.task')}</h1>}
      <QueryView query={query}>{(task) => <Task task={task} />}</QueryView>
    </div>
  )
}

/** Also after its end, as long as what it sent on its way has not come to anything. */
function lookAgainAfter(task: BackgroundTaskOut | undefined): number | false {
  if (task === undefined) return false
  if (isUnderWay(task)) return LOOK_MS
  return (task.outcomes?.waiting ?? 0) > 0 ? SETTLE_MS : false
}

interface TaskProps {
  readonly task: BackgroundTaskOut
}

function Task({ task }: TaskProps) {
  const state = taskState(task)
  return (
    <>
      <div className="row row-between">
        <div className="row">
          <h1>{taskName(task)}</h1>
          <Badge tone={TASK_TONES[state]}>{t(`tasks.state.${state}`)}</Badge>
        </div>
        <TaskActions task={task} />
      </div>
      <section className="card stack stack-small" aria-label={t('tasks.progress')}>
        <progress max={1} value={fractionOf(task)} aria-label={t('tasks.progress')} />
        <p role="status">
          <TaskCounts task={task} />
        </p>
        <TaskPace task={task} />
        {task.approval?.isWaiting === true && (
          <Notice tone="warn" title={t('approval.waits')}>
            <p>
              <Link to={`/recover/${task.id}`}>{t('recovery.title')}</Link>
            </p>
          </Notice>
        )}
        <TaskSent task={task} />
        <Ended task={task} />
        <p className="small soft">{t('tasks.sameId')}</p>
      </section>
      <Facts task={task} />
    </>
  )
}

function Ended({ task }: TaskProps) {
  const state = taskState(task)
  const error = task.data['error']
  if (state === 'canceled') return <p>{t('tasks.canceled.text')}</p>
  if (state !== 'failed') return null
  return (
    <Notice tone="bad" title={t('tasks.failed.text')}>
      {typeof error === 'string' && (
        <p>
          <VisibleText text={error} />
        </p>
      )}
    </Notice>
  )
}

function Facts({ task }: TaskProps) {
  const { data } = task
  return (
    <section className="card">
      <dl className="facts">
        <dt>{t('tasks.id')}</dt>
        <dd>
          <Copyable what={t('tasks.id')} text={task.id} />
        </dd>
        <Application appId={data['appId']} endpointId={data['endpointId']} />
        <Fact name="endpoints" value={data['endpoints']} />
        <Moment name="since" value={data['since']} />
        <Moment name="until" value={data['until']} />
        <Fact name="perSecond" value={data['perSecond']} />
        <dt>{t('tasks.started')}</dt>
        <dd>
          <TimeAndUtc at={task.createdAt} />
        </dd>
        <dt>{t('tasks.updated')}</dt>
        <dd>
          <TimeAndUtc at={task.updatedAt} />
        </dd>
      </dl>
    </section>
  )
}

function Application({ appId, endpointId }: Readonly<Record<'appId' | 'endpointId', unknown>>) {
  if (typeof appId !== 'string') return null
  return (
    <>
      <dt>{t('messages.application')}</dt>
      <dd>
        <Link className="mono" to={`/applications/${appId}`}>
          {appId}
        </Link>
      </dd>
      {typeof endpointId === 'string' && (
        <>
          <dt>{t('messages.endpoint')}</dt>
          <dd>
            <Link className="mono" to={`/endpoints/${appId}/${endpointId}`}>
              {endpointId}
            </Link>
          </dd>
        </>
      )}
    </>
  )
}

interface FactProps<N extends string> {
  readonly name: N
  readonly value: unknown
}

function Fact({ name, value }: FactProps<'endpoints' | 'perSecond'>) {
  if (typeof value !== 'number') return null
  return (
    <>
      <dt>{t(`tasks.${name}`)}</dt>
      <dd>{formatNumber(value)}</dd>
    </>
  )
}

function Moment({ name, value }: FactProps<'since' | 'until'>) {
  if (typeof value !== 'string' || Number.isNaN(Date.parse(value))) return null
  return (
    <>
      <dt>{t(`tasks.${name}`)}</dt>
      <dd>
        <TimeAndUtc at={value} />
      </dd>
    </>
  )
}
