import { type Database, databaseBytes } from '@posthorn/db'
import { databaseLatencyMs } from '@posthorn/db/staff'

export interface Store {
  readonly kind: 'database' | 'queue'
  readonly backend: 'postgres' | 'redis'
  readonly isReachable: boolean
  /** Null: it didn't answer. */
  readonly latencyMs: number | null
  readonly bytes: number | null
}

export interface StoresContext {
  readonly db: Database
  readonly queue: {
    look(): Promise<Pick<Store, 'backend' | 'latencyMs' | 'bytes'>>
  }
}

/** What everything is kept in, as this process reaches it. */
export async function lookAtStores({ db, queue }: StoresContext): Promise<Store[]> {
  const [latencyMs, bytes, looked] = await Promise.all([
    databaseLatencyMs(db.hot),
    databaseBytes(db.hot),
    queue.look(),
  ])
  const database = { backend: 'postgres', isReachable: true, latencyMs, bytes } as const
  return [
    { kind: 'database', ...database },
    { kind: 'queue', ...looked, isReachable: looked.latencyMs !== null },
  ]
}
