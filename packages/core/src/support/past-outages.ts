import { type Database, inTransaction } from '@posthorn/db'
import {
  findOrganisationsInTrouble,
  listPastOutages as listRows,
  type PastOutage,
  recordOutages,
} from '@posthorn/db/staff'
import { newId } from '@posthorn/runtime'
import type { OrgScope } from '../actor.ts'
import type { CoreContext } from '../context.ts'
import { listPage, type Page, type PageRequest } from '../list-page.ts'
import { listOutages } from './list-outages.ts'

export type { PastOutage }

type Context = Pick<CoreContext, 'db' | 'clock'>

const ORGANISATIONS_AT_MOST = 100
const HOSTS_AT_MOST = 100
/** A host that is down again so soon was not well. */
const SAME_WITHIN_MS = 600_000

/**
 * Writes down which hosts are out, and which no longer are: of each organisation those of the most customers. One
 * worker at a time does this for economy; two at once write nothing twice. While no worker looks, an end is missed,
 * and told as of the next look.
 */
export async function watchOutages({ db, clock }: Context): Promise<void> {
  for (const orgId of await findOrganisationsInTrouble(db.prisma, ORGANISATIONS_AT_MOST)) {
    const now = new Date(clock.nowMs())
    const outages = await listOutages({ db }, { orgId }, HOSTS_AT_MOST)
    const seen = outages.map(({ host, failingSince, endpoints, applications, causes }) => ({
      id: newId('outage_', now.getTime()),
      host,
      beganAt: failingSince,
      endpoints,
      applications,
      causes: causes.map(({ code, ...of }) => ({
        code,
        endpoints: of.endpoints,
        applications: of.applications,
      })),
    }))
    const sameSince = new Date(now.getTime() - SAME_WITHIN_MS)
    await inTransaction(db, (tx) => recordOutages(tx, { orgId, seen, now, sameSince }))
  }
}

/** Of all customers, or of those alone to which who asks is limited. */
export function listPastOutages(
  { db }: { readonly db: Database },
  scope: OrgScope,
  request: Omit<PageRequest, 'order'>,
): Promise<Page<PastOutage>> {
  return listPage(
    { ...request, order: 'descending' },
    { fetch: (window) => listRows(db.prisma, scope, window), keyOf: ({ id }) => id },
  )
}
