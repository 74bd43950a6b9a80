import type { Database } from '@posthorn/db'
import { type FoundWork, lookForWork, resignLeadership } from '@posthorn/db/sweep'

const LEASE_SECONDS = 4

/**
 * One worker sweeps at a time. A lease in the database, not a lock of a session: a frozen leader is
 * replaced when its lease ends, and finds out when it wakes up.
 */
export interface Leadership {
  /** Takes or renews the lease, notes when its holder swept, and looks for work; call at least once a second. */
  look(sweptMsAgo: number | null): Promise<FoundWork>
  resign(): Promise<void>
}

export function createLeadership(db: Database, workerId: string): Leadership {
  const lease = { name: 'scheduler', holder: workerId }
  return {
    look: (sweptMsAgo) => lookForWork(db.hot, { ...lease, seconds: LEASE_SECONDS, sweptMsAgo }),
    resign: () => resignLeadership(db.hot, lease),
  }
}
