import { Prisma, type PrismaClient } from './generated/client.ts'

export type TrafficKind = 'application' | 'endpoint' | 'event_type'

/** What one row of the rollups covers. */
export type TrafficSpan = 'minute' | 'hour' | 'day'

const TABLES: Readonly<Record<TrafficSpan, Prisma.Sql>> = {
  minute: Prisma.sql`traffic_minute`,
  hour: Prisma.sql`traffic_hour`,
  day: Prisma.sql`traffic_day`,
}

export interface TrafficRow {
  readonly key: string
  readonly startsAt: Date
  readonly success: number
  readonly fail: number
  readonly exhausted: number
  /** How many answers took as long as each slot says, from the first slot on. */
  readonly latency: number[]
}

export interface TrafficQuery {
  readonly appId: string
  readonly kind: TrafficKind
  readonly keys: readonly string[]
  readonly span: TrafficSpan
  readonly since: Date
  /** Exclusive. */
  readonly until: Date
}

/** One stretch of the primary key for each of the keys. */
export function readTraffic(db: PrismaClient, query: TrafficQuery): Promise<TrafficRow[]> {
  return db.$queryRaw<TrafficRow[]>`
    SELECT key, starts_at AS "startsAt", success, fail, exhausted, latency FROM ${TABLES[query.span]}
     WHERE app_id = ${query.appId} AND kind = ${query.kind} AND key = ANY (${[...query.keys]}::text[])
       AND starts_at >= ${query.since} AND starts_at < ${query.until}
     ORDER BY key, starts_at`
}

export interface TrafficKeys {
  readonly appId: string
  readonly kind: TrafficKind
  readonly after: string
  readonly take: number
}

/** The keys that had traffic in the last weeks, in their order: jumps from one to the next on the primary key. */
export async function listTrafficKeys(
  db: PrismaClient,
  { appId, kind, after, take }: TrafficKeys,
): Promise<string[]> {
  const next = (last: Prisma.Sql): Prisma.Sql => Prisma.sql`
    (SELECT key FROM traffic_day WHERE app_id = ${appId} AND kind = ${kind} AND key > ${last}
      ORDER BY app_id, kind, key LIMIT 1)`
  const rows = await db.$queryRaw<{ key: string }[]>`
    WITH RECURSIVE keys (key, n) AS (
      SELECT ${next(Prisma.sql`${after}::text COLLATE "C"`)}, 1
      UNION ALL
      SELECT ${next(Prisma.sql`keys.key`)}, n + 1 FROM keys WHERE keys.key IS NOT NULL AND n < ${take}
    ) SELECT key FROM keys WHERE key IS NOT NULL ORDER BY n`
  return rows.map((row) => row.key)
}
