import type { BackgroundTaskOut } from '@posthorn/contracts'
import {
  Badge,
  Button,
  cappedCount,
  Copyable,
  formatNumber,
  Notice,
  TASK_TONES,
  TaskPace,
  taskState,
  toast,
  VisibleText,
} from '@posthorn/ui'
import { Fragment } from 'react'
import '../recover.css'
import { describeError, QueryView } from '../../../components/query-view.tsx'
import { FullTime, Time } from '../../../components/time.tsx'
import { Link } from '../../../lib/router.tsx'
import { t } from '../../../lib/text.ts'
import { type RecoveryAction, useActOnRecovery, useRecovery } from '../api/recover-queries.ts'
import { describeStored, failedOfStored, searchOfStored } from '../selection.ts'
import { stateText } from '../state-text.ts'
import { Approval } from './approval.tsx'

/** It goes on without this page, and is found again by its address. */
export function RecoveryScreen({ id }: { readonly id: string }) {
  const query = useRecovery(id)
  return (
    <div className="stack">
      <p>
        <Link to="/recover">{t('recover.title')}</Link>
      </p>
      {query.data === undefined && <h1>{t('recovery.title')}</h1>}
      <QueryView query={query}>
        {(task) => (
          <>
            <Head task={task} />
            <Progress task={task} />
            <Facts task={task} />
          </>
        )}
      </QueryView>
    </div>
  )
}

interface PartProps {
  readonly task: BackgroundTaskOut
}

function Head({ task }: PartProps) {
  return (
    <div className="row row-between">
      <h1>
        <VisibleText text={describeStored(task.data)} />
      </h1>
      <Actions task={task} />
    </div>
  )
}

function Actions({ task }: PartProps) {
  const act = useActOnRecovery(task.id)
  const state = taskState(task)
  const onClick = (action: RecoveryAction) =>
    act.mutate(action, { onError: (err) => toast(describeError(err)) })
  if (state !== 'running' && state !== 'paused') return <AfterIt task={task} />
  const other = state === 'paused' ? 'resume' : 'pause'
  return (
    <div className="row">
      {task.approval?.isWaiting !== true && (
        <Button disabled={act.isPending} onClick={() => onClick(other)}>
          {t(`recovery.${other}`)}
        </Button>
      )}
      <Button kind="danger" disabled={act.isPending} onClick={() => onClick('cancel')}>
        {t('recovery.cancel')}
      </Button>
    </div>
  )
}

function AfterIt({ task }: PartProps) {
  const search = searchOfStored(task.data)
  const { failed, canceled } = task.outcomes ?? { failed: 0, canceled: 0 }
  if (search === null || (failed + canceled === 0 && task.status === 'finished')) return null
  return (
    <Link className="button" to={`/recover?${search}`}>
      {t('recovery.again')}
    </Link>
  )
}

function Progress({ task }: PartProps) {
  const state = taskState(task)
  const { done, skipped, fraction } = task.progress
  const isUnderWay = state === 'running' || state === 'paused'
  return (
    <section className="card stack">
      <div className="row row-between">
        <Badge tone={TASK_TONES[state]}>{stateText(task)}</Badge>
        <Link to={`/tasks/${task.id}`}>{t('recovery.task')}</Link>
      </div>
      {isUnderWay && (
        <progress
          className="recovery-bar"
          max={1}
          value={fraction}
          aria-label={t('recovery.progress')}
        />
      )}
      <p role="status">
        <strong className="estimate-count">{formatNumber(done)}</strong> {t('recovery.done')}{' '}
        {skipped > 0 && t('recovery.skipped', { n: skipped })}
      </p>
      <TaskPace task={task} />
      <Approval task={task} />
      {task.outcomes !== null && <Outcomes outcomes={task.outcomes} />}
      {!isUnderWay && <FailedAgain task={task} />}
      <p className="small soft">{t('recover.sameId')}</p>
    </section>
  )
}

/** That the task is finished doesn't say that anything arrived. */
function FailedAgain({ task: { outcomes, data } }: PartProps) {
  if (outcomes === null || outcomes.failed === 0) return null
  const n = cappedCount(outcomes.failed, outcomes.isCapped)
  return (
    <Notice tone="bad">
      <p>
        {t('recovery.failedAgain', { n })}{' '}
        <Link to={`/messages?${failedOfStored(data)}`}>{t('recovery.failedAgain.list')}</Link>
      </p>
    </Notice>
  )
}

function Outcomes({ outcomes }: { readonly outcomes: NonNullable<BackgroundTaskOut['outcomes']> }) {
  const more = outcomes.isCapped ? '+' : ''
  return (
    <dl className="facts">
      {(['delivered', 'waiting', 'failed', 'canceled'] as const).map((name) => (
        <Fragment key={name}>
          <dt>{t(`recovery.outcome.${name}`)}</dt>
          <dd data-outcome={name}>
            {formatNumber(outcomes[name])}
            {more}
          </dd>
        </Fragment>
      ))}
    </dl>
  )
}

function Facts({ task }: PartProps) {
  const { since, until, endpoints, perSecond } = task.data
  return (
    <section className="card">
      <dl className="facts">
        <dt>{t('recovery.endpoints')}</dt>
        <dd>{formatNumber(Number(endpoints))}</dd>
        <dt>{t('recover.window')}</dt>
        <dd>
          <FullTime at={String(since)} /> – <FullTime at={String(until)} />
        </dd>
        <dt>{t('recover.pace')}</dt>
        <dd>
          {typeof perSecond === 'number'
            ? t('recovery.pace', { n: formatNumber(perSecond) })
            : t('recovery.pace.own')}
        </dd>
        <dt>{t('recovery.started')}</dt>
        <dd>
          <Time at={task.createdAt} />
        </dd>
        <dt>{t('recovery.id')}</dt>
        <dd>
          <Copyable what={t('recovery.id')} text={task.id} />
        </dd>
      </dl>
    </section>
  )
}
