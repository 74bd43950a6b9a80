import { type Database, holdLeadership, resignLeadership } from '@posthorn/db'

const LEASE_SECONDS = 4

/**
 * One worker sweeps at a time. A lease in the database, not a lock of a session: a frozen leader is
 * replaced when its lease ends, and finds out when it wakes up.
 */
export interface Leadership {
  /** Takes or renews the lease, and notes when its holder swept; call at least once a second. */
  renew(sweptMsAgo: number | null): Promise<boolean>
  resign(): Promise<void>
}

export function createLeadership(db: Database, workerId: string): Leadership {
  const lease = { name: 'scheduler', holder: workerId }
  return {
    renew: (sweptMsAgo) => holdLeadership(db.hot, { ...lease, seconds: LEASE_SECONDS, sweptMsAgo }),
    resign: () => resignLeadership(db.hot, lease),
  }
}
