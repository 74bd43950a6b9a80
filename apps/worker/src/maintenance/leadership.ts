import { type Database, holdLeadership, resignLeadership } from '@posthorn/db'

const LEASE_SECONDS = 4

/**
 * One worker sweeps at a time. A lease in the database, not a lock of a session: a frozen leader is
 * replaced when its lease ends, and finds out when it wakes up.
 */
export interface Leadership {
  /** Takes or renews the lease; call at least once a second. */
  renew(): Promise<boolean>
  resign(): Promise<void>
}

export function createLeadership(db: Database, workerId: string): Leadership {
  return {
    renew: () =>
      holdLeadership(db.hot, { name: 'scheduler', holder: workerId, seconds: LEASE_SECONDS }),
    resign: () => resignLeadership(db.hot, { name: 'scheduler', holder: workerId }),
  }
}
