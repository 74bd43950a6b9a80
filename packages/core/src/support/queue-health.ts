import {
  type Database,
  listWorkerHealth,
  type MinuteTraffic,
  type QueueHealth,
  readQueueHealth,
  readRecentTraffic,
  type WorkerHealth,
} from '@posthorn/db'
import { readRescued, type Rescued } from '@posthorn/db/staff'
import type { OrgScope } from '../actor.ts'

export interface QueueReport extends QueueHealth {
  readonly workers: readonly WorkerHealth[]
  /** In the last day. */
  readonly rescued: Rescued
  /** Attempts of the organisation, by minute, oldest first. */
  readonly traffic: readonly MinuteTraffic[]
}

const WORKERS_AT_MOST = 100
const TRAFFIC_MINUTES = 15
export const RESCUED_HOURS = 24

export async function reportQueue(
  { db }: { readonly db: Database },
  scope: OrgScope,
): Promise<QueueReport> {
  const [health, workers, traffic, rescued] = await Promise.all([
    readQueueHealth(db.prisma),
    listWorkerHealth(db.prisma, WORKERS_AT_MOST),
    readRecentTraffic(db.prisma, scope, TRAFFIC_MINUTES),
    readRescued(db.prisma, RESCUED_HOURS),
  ])
  return { ...health, workers, traffic, rescued }
}
