import {
  type Database,
  listWorkerHealth,
  type MinuteTraffic,
  type QueueHealth,
  readQueueHealth,
  readRecentTraffic,
  type WorkerHealth,
} from '@posthorn/db'
import type { OrgScope } from '../actor.ts'

export interface QueueReport extends QueueHealth {
  readonly workers: readonly WorkerHealth[]
  /** Attempts of the organisation, by minute, oldest first. */
  readonly traffic: readonly MinuteTraffic[]
}

const WORKERS_AT_MOST = 100
const TRAFFIC_MINUTES = 15

export async function reportQueue(
  { db }: { readonly db: Database },
  scope: OrgScope,
): Promise<QueueReport> {
  const [health, workers, traffic] = await Promise.all([
    readQueueHealth(db.prisma),
    listWorkerHealth(db.prisma, WORKERS_AT_MOST),
    readRecentTraffic(db.prisma, scope, TRAFFIC_MINUTES),
  ])
  return { ...health, workers, traffic }
}
