import {
  listWorkerHealth,
  type MinuteTraffic,
  type QueueHealth,
  readQueueHealth,
  readRecentTraffic,
  type WorkerHealth,
} from '@posthorn/db'
import { readRescued, type Rescued } from '@posthorn/db/staff'
import type { OrgScope } from '../actor.ts'
import { lookAtStores, type Store, type StoresContext } from './look-at-stores.ts'

export interface QueueReport extends QueueHealth {
  readonly workers: readonly WorkerHealth[]
  /** In the last day. */
  readonly rescued: Rescued
  readonly stores: readonly Store[]
  /** Attempts of the organisation, by minute, oldest first. */
  readonly traffic: readonly MinuteTraffic[]
}

const WORKERS_AT_MOST = 100
const TRAFFIC_MINUTES = 15
export const RESCUED_HOURS = 24

export async function reportQueue(ctx: StoresContext, scope: OrgScope): Promise<QueueReport> {
  const { db } = ctx
  const [health, workers, traffic, rescued, stores] = await Promise.all([
    readQueueHealth(db.prisma),
    listWorkerHealth(db.prisma, WORKERS_AT_MOST),
    readRecentTraffic(db.prisma, scope, TRAFFIC_MINUTES),
    readRescued(db.prisma, RESCUED_HOURS),
    lookAtStores(ctx),
  ])
  return { ...health, workers, traffic, rescued, stores }
}
