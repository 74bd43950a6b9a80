import type { LocalDelivery } from '@posthorn/core'
import { openStrandedLanes } from '@posthorn/db'
import { releaseDeliveries } from '@posthorn/db/sweep'
import { openDeliveryConsumer } from '@posthorn/queue'
import { createLogger, type Logger, withinDeadline } from '@posthorn/runtime'
import type { Registry } from 'prom-client'
import type { WorkerConfig } from './config.ts'
import { createWorkerContext, type WorkerContext } from './context.ts'
import { Claimer } from './delivery/claimer.ts'
import { DeliveryRunner } from './delivery/delivery-runner.ts'
import { Lanes } from './delivery/lanes.ts'
import { createLocalDelivery } from './delivery/local-delivery.ts'
import { createSendingTeller } from './delivery/tell-sending.ts'
import { startHealthServer } from './health.ts'
import { DueSweep, MAX_LOOK_MS } from './maintenance/due-sweep.ts'
import { every, type Loop } from './maintenance/every.ts'
import { signOff } from './maintenance/heartbeat.ts'
import { startHousekeeping } from './maintenance/housekeeping.ts'
import { createLeadership } from './maintenance/leadership.ts'
import { freeOnce, rescueOnce } from './maintenance/lease-rescue.ts'

export interface RunningWorker extends AsyncDisposable {
  /** For a publisher in the same process. */
  readonly localDelivery: LocalDelivery
  readonly registry: Registry
}

export interface WorkerOverrides {
  readonly logger?: Logger
  /** When the process it is part of serves: what can wait begins then. Default: at once. */
  readonly served?: Promise<unknown>
  /** A round of looking for work that takes longer will never end. */
  readonly stuckAfterMs?: number
}

const CLAIM_SLOTS = 8
const SWEEP_GAP_MS = 50
/** Between two looks for work; no leader is missed for longer than its lease and one of these. */
const LOOK_MS = 1_000
/** Far more than a round takes that waits for a database that is away: each of its waits is bounded. */
const STUCK_AFTER_MS = 60_000
const LANES_GAP_MS = 5
const STRANDED_MS = 30_000
const DRAIN_MS = 18_000

/**
 * Starts taking, sending and sweeping. Disposal takes nothing new, lets what is in flight end (for a
 * bounded time; what doesn't is rescued by its lease) and records it.
 */
export async function startWorker(
  config: WorkerConfig,
  overrides: WorkerOverrides = {},
): Promise<RunningWorker> {
  const logger = overrides.logger ?? createLogger({ name: 'worker', level: config.logLevel })
  await using stack = new AsyncDisposableStack()
  const ctx = stack.use(await createWorkerContext(config, logger))
  // The sweep starts last, and is asked to look by what starts before it.
  const due = { look: () => undefined as void }
  const runner = createRunner(ctx, () => due.look())
  stack.defer(() => withinDeadline(ctx.capacity.whenIdle(), DRAIN_MS, undefined))
  const lanes = startLanes(ctx, runner, stack)
  const claimer = stack.use(new Claimer({ ...ctx, runner, onUnclaimed: () => lanes.nudge() }))
  const localDelivery = createLocalDelivery({
    ...ctx,
    runner,
    nudge: () => {
      lanes.nudge()
      due.look()
    },
  })
  stack.defer(() => localDelivery.close())
  stack.use(
    await openDeliveryConsumer({
      backend: config.queue,
      slots: CLAIM_SLOTS,
      claim: (refs) => claimer.claim(refs),
      take: (lease) => claimer.take(lease),
      onError: (err) => ctx.events.failed('queue', err),
      onUnreadable: (jobId) => ctx.events.jobUnreadable(jobId),
    }),
  )
  stack.defer(() => claimer.close())
  const served = overrides.served ?? Promise.resolve()
  const { sweeping, looking } = startMaintenance({ ctx, runner, claimer, served }, stack)
  due.look = () => sweeping.nudge()
  const isStuck = () => looking.busyMs > (overrides.stuckAfterMs ?? STUCK_AFTER_MS)
  const { port } = config.health
  if (port !== null) stack.use(await startHealthServer(ctx, { port, isStuck }))
  const resources = stack.move()
  return {
    localDelivery,
    registry: ctx.registry,
    [Symbol.asyncDispose]: () => resources.disposeAsync(),
  }
}

function createRunner(ctx: WorkerContext, lookForDue: () => void): DeliveryRunner {
  const { delivery } = ctx.config
  return new DeliveryRunner({
    ...ctx,
    tellSending: createSendingTeller(ctx),
    onRetry: (inSeconds) => {
      const inMs = inSeconds * 1000
      if (inMs < MAX_LOOK_MS) setTimeout(lookForDue, inMs).unref()
    },
    settings: {
      headers: delivery.headers,
      timeoutMs: delivery.requestTimeoutSeconds * 1000,
      retrySchedule: delivery.retrySchedule,
    },
    async letGo(deliveries, to) {
      const held = deliveries.map(({ endpoint, ...one }) => ({ ...one, endpointId: endpoint.id }))
      await releaseDeliveries(ctx.db.hot, held, to)
      if (to === 'time') lookForDue()
    },
    onError: (err) => ctx.events.failed('deliver', err),
  })
}

function startLanes(ctx: WorkerContext, runner: DeliveryRunner, stack: AsyncDisposableStack) {
  const lanes = new Lanes({ ...ctx, runner })
  const loop = stack.use(
    every({
      intervalMs: () => lanes.nextRoundMs,
      minGapMs: LANES_GAP_MS,
      run: () => lanes.runOnce(),
      onError: (err) => ctx.events.failed('lanes', err),
    }),
  )
  ctx.onRoom.notify = () => loop.nudge()
  return loop
}

interface Parts {
  readonly ctx: WorkerContext
  readonly runner: DeliveryRunner
  readonly claimer: Claimer
  readonly served: Promise<unknown>
}

interface Maintenance {
  readonly sweeping: Loop
  readonly looking: Loop
}

function startMaintenance(parts: Parts, stack: AsyncDisposableStack): Maintenance {
  const { ctx, runner, claimer, served } = parts
  const leadership = createLeadership(ctx.db, ctx.workerId)
  const sweep = new DueSweep({ ...ctx, claimer })
  const leader = { isMe: false }
  stack.defer(() => leadership.resign().catch((err: unknown) => ctx.events.failed('resign', err)))
  stack.defer(() => signOff(ctx).catch((err: unknown) => ctx.events.failed('sign_off', err)))
  const loop = (what: string, intervalMs: number, run: () => Promise<unknown>): Loop =>
    stack.use(every({ intervalMs, run, onError: (err) => ctx.events.failed(what, err) }))
  const stranded = loop('stranded', STRANDED_MS, async () => {
    const opened = leader.isMe ? await openStrandedLanes(ctx.db.hot) : 0
    if (opened > 0) ctx.events.lanesOpened(opened)
  })
  const sweeping = stack.use(
    every({
      intervalMs: () => sweep.nextLookMs,
      minGapMs: SWEEP_GAP_MS,
      async run() {
        while (leader.isMe && (await sweep.runOnce()) > 0 && ctx.capacity.free > 0);
      },
      onError: (err) => ctx.events.failed('sweep', err),
    }),
  )
  const rescue = loop('rescue', Infinity, async () => {
    if (!leader.isMe) return
    const rescued = await rescueOnce({ ...ctx, runner })
    if (rescued > 0) ctx.events.leasesRescued(rescued)
    if ((await freeOnce(ctx.db)) > 0) sweeping.nudge()
  })
  const tellHousekeeping = startHousekeeping(
    { ctx, isLeader: () => leader.isMe, after: served },
    stack,
  )
  ctx.onAskedDisabling.notify = () => tellHousekeeping({ disabling: true })
  const looking = loop('look', LOOK_MS, async () => {
    const wasMe = leader.isMe
    const found = await leadership.look(sweep.sweptMsAgo)
    leader.isMe = found.leads
    tellHousekeeping(found)
    ctx.lateness.oldestDueSeconds = leader.isMe ? Math.max(0, -(found.nextDueInMs ?? 0) / 1000) : 0
    if (!leader.isMe) return
    if (!wasMe) stranded.nudge()
    if (found.expiredLease) rescue.nudge()
    if (sweep.isWanted(found.nextDueInMs)) sweeping.nudge()
  })
  return { sweeping, looking }
}
