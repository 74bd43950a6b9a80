import { hostname } from 'node:os'
import { type Database, removeWorker, touchWorker } from '@posthorn/db'
import packageJson from '../../package.json' with { type: 'json' }
import type { Capacity } from '../delivery/capacity.ts'
import type { PauseWatch } from '../delivery/pause-watch.ts'
import type { LoopDelay } from './loop-delay.ts'

export interface HeartbeatContext {
  readonly db: Database
  readonly capacity: Capacity
  readonly pause: PauseWatch
  readonly workerId: string
  readonly loopDelay: LoopDelay
}

/**
 * Says that this worker lives, and learns how many do (caps over all workers are shared out by that number) and
 * whether deliveries are paused.
 */
export async function beatOnce(ctx: HeartbeatContext): Promise<void> {
  const { capacity, pause, loopDelay } = ctx
  const loopDelayMs = loopDelay.takeMs()
  const seen = await touch(ctx, loopDelayMs)
  capacity.setWorkers(seen.workers)
  // Said only once it is so: who reads it relies on it.
  if (pause.hear(seen.arePaused)) await touch(ctx, loopDelayMs)
}

function touch({ db, pause, workerId }: HeartbeatContext, loopDelayMs: number) {
  return touchWorker(db.hot, {
    id: workerId,
    host: hostname(),
    pid: process.pid,
    version: packageJson.version,
    memoryBytes: process.memoryUsage.rss(),
    isPaused: pause.isPaused,
    loopDelayMs,
  })
}

export async function signOff({
  db,
  workerId,
}: Pick<HeartbeatContext, 'db' | 'workerId'>): Promise<void> {
  await removeWorker(db.hot, workerId)
}
