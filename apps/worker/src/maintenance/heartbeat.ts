import { hostname } from 'node:os'
import { countLiveWorkers, type Database, removeWorker, touchWorker } from '@posthorn/db'
import packageJson from '../../package.json' with { type: 'json' }
import type { Capacity } from '../delivery/capacity.ts'

export interface HeartbeatContext {
  readonly db: Database
  readonly capacity: Capacity
  readonly workerId: string
}

/** Says that this worker lives, and learns how many do: caps over all workers are shared out by that number. */
export async function beatOnce({ db, capacity, workerId }: HeartbeatContext): Promise<void> {
  const { version } = packageJson
  const memoryBytes = process.memoryUsage.rss()
  await touchWorker(db.hot, {
    id: workerId,
    host: hostname(),
    pid: process.pid,
    version,
    memoryBytes,
  })
  capacity.setWorkers(await countLiveWorkers(db.hot))
}

export async function signOff({ db, workerId }: HeartbeatContext): Promise<void> {
  await removeWorker(db.hot, workerId)
}
