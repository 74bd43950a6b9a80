import { Prisma } from './generated/client.ts'

/** `pending`: not attempted yet. `retrying`: attempted, and more to come. */
export type DeliveryProgress = 'pending' | 'retrying' | 'delivered' | 'failed' | 'canceled'

// Sub-selects compared with NULL rather than EXISTS, which may be planned as one scan of everything.
// This one stands inside the LIMIT: two rows of one message must not be split between two slices.
export const STANDS_FOR_IT = Prisma.sql`(d.trigger = 'scheduled' OR (SELECT true FROM delivery s
   WHERE s.message_id = d.message_id AND s.endpoint_id = d.endpoint_id AND s.trigger = 'scheduled') IS NULL)`

const DELIVERED_BY_HAND = Prisma.sql`(SELECT true FROM delivery r
   WHERE r.message_id = d.message_id AND r.endpoint_id = d.endpoint_id AND r.trigger = 'manual'
     AND r.status = 'delivered') IS NOT NULL`

export const PROGRESS = Prisma.sql`CASE
   WHEN d.status = 'pending' AND d.attempt_count > 0 THEN 'retrying'
   WHEN d.status IN ('failed', 'canceled') AND ${DELIVERED_BY_HAND} THEN 'delivered'
   ELSE d.status::text END`

const LOOKED_AT = 100

/** Whether any of the first hundred deliveries of a message `m` stands so. */
export function hasProgress(appId: string, progress: readonly DeliveryProgress[]): Prisma.Sql {
  return Prisma.sql`coalesce((SELECT bool_or(k.progress = ANY (${[...progress]}::text[]))
    FROM (SELECT ${PROGRESS} AS progress
            FROM (SELECT * FROM delivery d
                   WHERE d.message_id = m.id AND d.app_id = ${appId} AND ${STANDS_FOR_IT}
                   LIMIT ${LOOKED_AT}) d) k), false)`
}
