import { Prisma } from './generated/client.ts'

/**
 * What a disabling cancels is marked with it, in `task_id` (unless a task sent it): what is undone is that and
 * nothing else, however much was canceled before. The mark is made of what names the disabling, its endpoint and
 * its moment, so nothing else is kept of it.
 */

const MARK = 'disabled:'

export interface DisablingKey {
  readonly endpointId: string
  readonly disabledAt: Date
}

export function disablingMark({ endpointId, disabledAt }: DisablingKey): string {
  return `${MARK}${endpointId}:${disabledAt.getTime()}`
}

/** The same of an endpoint that is disabled now; null of one that isn't. */
export function markOfDisabled(endpointId: string): Prisma.Sql {
  return Prisma.sql`(SELECT ${MARK}::text || id || ':' || (extract(epoch FROM disabled_at) * 1000)::bigint
                       FROM endpoint WHERE id = ${endpointId} AND disabled)`
}

/** The task that sent a delivery `d`; null: none did. */
export const SENT_BY_TASK = Prisma.sql`CASE WHEN d.task_id NOT LIKE ${`${MARK}%`} THEN d.task_id END`
