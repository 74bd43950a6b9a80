import { evaluateAlerts } from '@posthorn/core/alert'
import { sendNotificationsOnce } from '../alert/send-notifications-once.ts'
import type { WorkerContext } from '../context.ts'
import { every, type LoopOptions } from './every.ts'
import { beatOnce } from './heartbeat.ts'
import { watchLoopDelay } from './loop-delay.ts'
import { runTasksOnce } from './task-runner.ts'
import { foldOnce, forgetOnce, keepPartitions } from './upkeep.ts'

const TASKS_MS = 1_000
const FOLD_MS = 2_000
/** The same rows are written by each round: fewer rounds where many attempts are recorded. */
const BUSY_FOLD_MS = 5_000
const BUSY_BATCHES = 40
const ALERTS_MS = 5_000
const NOTIFICATIONS_MS = 1_000
const UPKEEP_MS = 600_000
const FORGET_MS = 60_000
const BEAT_MS = 2_000

export interface Housekeeping {
  readonly ctx: WorkerContext
  readonly isLeader: () => boolean
  /** Before that it would only take the start's time. */
  readonly after: Promise<unknown>
}

/** What no delivery waits for. Ends with the stack. */
export function startHousekeeping(
  { ctx, isLeader, after }: Housekeeping,
  stack: AsyncDisposableStack,
): void {
  let hasBegun = false
  let folded = 0
  const chore = (
    what: string,
    intervalMs: LoopOptions['intervalMs'],
    run: () => Promise<unknown>,
  ) =>
    stack.use(
      every({
        intervalMs,
        run: async () => (hasBegun ? run() : undefined),
        onError: (err) => ctx.events.failed(what, err),
      }),
    )
  const { retentionDays } = ctx.config
  const loopDelay = stack.use(watchLoopDelay())
  const loops = [
    chore('alerts', ALERTS_MS, async () => (isLeader() ? evaluateAlerts(ctx) : 0)),
    chore('notifications', NOTIFICATIONS_MS, () => sendNotificationsOnce(ctx)),
    chore('heartbeat', BEAT_MS, () => beatOnce({ ...ctx, loopDelay })),
    chore('tasks', TASKS_MS, () => runTasksOnce(ctx)),
    chore(
      'traffic',
      () => (folded < BUSY_BATCHES ? FOLD_MS : BUSY_FOLD_MS),
      async () => (folded = await foldOnce(ctx)),
    ),
    chore('upkeep', UPKEEP_MS, () => keepPartitions({ ...ctx, retentionDays })),
    chore('forget', FORGET_MS, () => forgetOnce({ ...ctx, retentionDays })),
  ]
  void after.then(() => {
    hasBegun = true
    for (const loop of loops) loop.nudge()
  })
}
