import type pg from 'pg'
import type { Database, Transaction } from './database.ts'
import type { DeliveryPause } from './generated/client.ts'
import { COUNT_AT_MOST, IN_FLIGHT, IN_THE_QUEUE } from './queue-health.ts'

/** Of all organisations. Null: they aren't paused. Not `findUnique`, for the reason given in installation.ts. */
export function findDeliveryPause(
  db: Pick<Database['prisma'], 'deliveryPause'>,
): Promise<DeliveryPause | null> {
  return db.deliveryPause.findFirst({ where: { id: true } })
}

/** For workers: what each looks at again and again. */
export async function areDeliveriesPaused(pool: pg.Pool): Promise<boolean> {
  const { rows } = await pool.query<{ paused: boolean }>({
    name: 'deliveries_paused',
    text: 'SELECT EXISTS (SELECT 1 FROM delivery_pause) AS paused',
  })
  return rows[0]?.paused ?? false
}

/** False: they were paused already, and that pause stands. */
export async function insertDeliveryPause(
  tx: Transaction,
  pause: Pick<DeliveryPause, 'pausedBy' | 'reason'>,
): Promise<boolean> {
  const { count } = await tx.deliveryPause.createMany({ data: [pause], skipDuplicates: true })
  return count > 0
}

/** False: they weren't paused, or somebody else has just resumed them. */
export async function deleteDeliveryPause(tx: Transaction): Promise<boolean> {
  const { count } = await tx.deliveryPause.deleteMany()
  return count > 0
}

export interface HeldBack {
  /** Deliveries whose time has come, or that wait for their endpoint's turn; at most 10,001. */
  readonly waiting: number
  readonly inFlight: number
}

const LANES_AT_MOST = 500

/** What would be sent if it might, and what still is: bounded, whatever waits. */
export async function readHeldBack(db: Pick<Database['prisma'], '$queryRaw'>): Promise<HeldBack> {
  const [held] = await db.$queryRaw<HeldBack[]>`
    SELECT least(${COUNT_AT_MOST}::int,
             (SELECT count(*)::int FROM (
                SELECT 1 FROM delivery WHERE wait = 'time' AND next_attempt_at <= now()
                 ORDER BY next_attempt_at LIMIT ${COUNT_AT_MOST}) due)
             + (SELECT count(*)::int FROM (
                SELECT 1 FROM (SELECT endpoint_id FROM endpoint_state WHERE next_turn_at IS NOT NULL
                                ORDER BY next_turn_at LIMIT ${LANES_AT_MOST}) lane
                 CROSS JOIN LATERAL (SELECT 1 FROM delivery
                                      WHERE endpoint_id = lane.endpoint_id AND wait = 'turn'
                                      LIMIT ${COUNT_AT_MOST}) d
                 LIMIT ${COUNT_AT_MOST}) turns)
             + ${IN_THE_QUEUE}) AS waiting,
           ${IN_FLIGHT} AS "inFlight"`
  return held ?? { waiting: 0, inFlight: 0 }
}
