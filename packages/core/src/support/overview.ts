import { readQueueHealth, readRecentTraffic } from '@posthorn/db'
import {
  type Accepted,
  countAccepted,
  countFiringAlerts,
  countQuarantined,
  countTroubled,
  readRescued,
  type Rescued,
  type TroubledCounts,
} from '@posthorn/db/staff'
import type { OrgScope } from '../actor.ts'
import type { EndpointViewContext } from '../endpoint/endpoint-view.ts'
import { RESCUED_HOURS } from './queue-health.ts'

export interface Overview extends TroubledCounts {
  readonly asOf: Date
  readonly accepted: Accepted
  readonly attempts: {
    readonly succeeded: number
    readonly failed: number
    readonly seconds: number
  }
  /** Of the installation, as the next three. */
  readonly oldestDueAt: Date | null
  readonly due: number
  readonly inFlight: number
  readonly rescued: Rescued
  /** Requests of sources that failed verification and wait to be released. */
  readonly quarantined: number
  readonly alertsFiring: number
}

const MINUTES = 5

/** What staff look at first: how much comes and goes, how late, and what is wrong. */
export async function readOverview(
  { db, disableAfterSeconds }: EndpointViewContext,
  scope: OrgScope,
): Promise<Overview> {
  const { asOf, oldestDueAt, due, inFlight } = await readQueueHealth(db.prisma)
  const since = new Date(Math.floor(asOf.getTime() / 60_000 - MINUTES) * 60_000)
  const [accepted, traffic, troubled, rescued, quarantined, alertsFiring] = await Promise.all([
    countAccepted(db.prisma, scope, { since, now: asOf }),
    readRecentTraffic(db.prisma, scope, MINUTES),
    countTroubled(db.prisma, scope, disableAfterSeconds),
    readRescued(db.prisma, RESCUED_HOURS),
    countQuarantined(db.prisma, scope),
    countFiringAlerts(db.prisma, scope),
  ])
  const attempts = {
    succeeded: traffic.reduce((sum, minute) => sum + minute.succeeded, 0),
    failed: traffic.reduce((sum, minute) => sum + minute.failed, 0),
    seconds: (asOf.getTime() - since.getTime()) / 1000,
  }
  const counts = { quarantined, alertsFiring, ...troubled }
  return { asOf, accepted, attempts, oldestDueAt, due, inFlight, rescued, ...counts }
}
