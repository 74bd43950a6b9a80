import { evaluateAlerts } from '@posthorn/core/alert'
import { watchOutages } from '@posthorn/core/support'
import type { FoundWork } from '@posthorn/db/sweep'
import { sendNotificationsOnce } from '../alert/send-notifications-once.ts'
import type { WorkerContext } from '../context.ts'
import { noticeWork } from '../notice/notice-work.ts'
import { disableAsAskedOnce } from './disable-as-asked.ts'
import { every, type LoopOptions } from './every.ts'
import { beatOnce } from './heartbeat.ts'
import { watchLoopDelay } from './loop-delay.ts'
import { runTasksOnce } from './task-runner.ts'
import { foldOnce, forgetOnce, keepPartitions } from './upkeep.ts'

/** The same rows are written by each round while attempts are recorded; what comes after a while without is folded at once. */
const FOLD_GAP_MS = 5_000
const ALERTS_MS = 5_000
const NOTICES_MS = 5_000
const OUTAGES_MS = 15_000
const UPKEEP_MS = 600_000
const FORGET_MS = 60_000
const BEAT_MS = 2_000
/** A slow mail server holds up no worker's end: what it was sending is sent again once its lease is over. */
const SENDING = { stopWithinMs: 15_000 }

const NUDGED = ['notification', 'mail', 'task', 'traffic', 'disabling'] as const
type Nudged = (typeof NUDGED)[number]

type Pacing = Partial<Pick<LoopOptions, 'intervalMs' | 'minGapMs' | 'stopWithinMs'>>

export interface Housekeeping {
  readonly ctx: WorkerContext
  readonly isLeader: () => boolean
  /** Before that it would only take the start's time. */
  readonly after: Promise<unknown>
}

/** What no delivery waits for. Ends with the stack. Answers whom to tell what there is to do. */
export function startHousekeeping(
  { ctx, isLeader, after }: Housekeeping,
  stack: AsyncDisposableStack,
): (found: Partial<Pick<FoundWork, Nudged>>) => void {
  let hasBegun = false
  const chore = (
    what: string,
    { intervalMs = Infinity, ...pacing }: Pacing,
    run: () => Promise<unknown>,
  ) =>
    stack.use(
      every({
        intervalMs,
        ...pacing,
        run: async () => (hasBegun ? run() : undefined),
        onError: (err) => ctx.events.failed(what, err),
      }),
    )
  const { retentionDays } = ctx.config
  const loopDelay = stack.use(watchLoopDelay())
  const notices = noticeWork(ctx)
  const wanted = {
    notification: chore('notifications', SENDING, () => sendNotificationsOnce(ctx)),
    mail: chore('mails', SENDING, async () => notices?.send()),
    task: chore('tasks', {}, () => runTasksOnce(ctx)),
    traffic: chore('traffic', { minGapMs: FOLD_GAP_MS }, () => foldOnce(ctx)),
    disabling: chore('disable', {}, () => disableAsAskedOnce(ctx)),
  }
  const loops = [
    ...Object.values(wanted),
    chore('alerts', { intervalMs: ALERTS_MS }, async () => (isLeader() ? evaluateAlerts(ctx) : 0)),
    chore('notices', { intervalMs: NOTICES_MS }, async () => isLeader() && notices?.evaluate()),
    chore('outages', { intervalMs: OUTAGES_MS }, async () => isLeader() && watchOutages(ctx)),
    chore('heartbeat', { intervalMs: BEAT_MS }, () => beatOnce({ ...ctx, loopDelay })),
    chore('upkeep', { intervalMs: UPKEEP_MS }, () => keepPartitions({ ...ctx, retentionDays })),
    chore('forget', { intervalMs: FORGET_MS }, () => forgetOnce({ ...ctx, retentionDays })),
  ]
  void after.then(() => {
    hasBegun = true
    for (const loop of loops) loop.nudge()
  })
  return (found) => {
    for (const kind of NUDGED) if (found[kind] === true) wanted[kind].nudge()
  }
}
