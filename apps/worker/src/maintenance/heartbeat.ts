import { hostname } from 'node:os'
import { countLiveWorkers, type Database, removeWorker, touchWorker } from '@posthorn/db'
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
  const { db, capacity, pause, workerId, loopDelay } = ctx
  const { version } = packageJson
  await pause.look()
  const memoryBytes = process.memoryUsage.rss()
  await touchWorker(db.hot, {
    id: workerId,
    host: hostname(),
    pid: process.pid,
    version,
    memoryBytes,
    isPaused: pause.isPaused,
    loopDelayMs: loopDelay.takeMs(),
  })
  capacity.setWorkers(await countLiveWorkers(db.hot))
}

export async function signOff({
  db,
  workerId,
}: Pick<HeartbeatContext, 'db' | 'workerId'>): Promise<void> {
  await removeWorker(db.hot, workerId)
}
