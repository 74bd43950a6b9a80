import { Prisma, type PrismaClient } from './generated/client.ts'
import { IN_QUEUE } from './hot/queued-lease.ts'

export interface QueueHealth {
  readonly asOf: Date
  /** Of what is due and nobody is at; null: nothing is due. */
  readonly oldestDueAt: Date | null
  /** At most 10,001, like the other counts of what waits. */
  readonly due: number
  /** How late what is due is, of at most 10,001; 0: nothing is. */
  readonly lagP50Seconds: number
  readonly lagP99Seconds: number
  readonly waitingForTime: number
  /** Endpoints that wait for their limit's or breaker's next turn. */
  readonly endpointsInTurn: number
  readonly inFlight: number
  /** Leases that ran out and nobody took over yet. */
  readonly lostLeases: number
  readonly leader: string | null
  /** When it last looked for what is due; null: it hasn't yet. */
  readonly lastSweepAt: Date | null
  readonly runningTasks: number
}

export const COUNT_AT_MOST = 10_001

/** Deliveries that a worker holds whose lease goes on. */
export const IN_FLIGHT = Prisma.sql`
  (SELECT coalesce(sum(cardinality(message_ids)), 0)::int FROM lease WHERE expires_at > now() AND worker <> ${IN_QUEUE})`

/** Deliveries whose job no worker has taken yet. */
export const IN_THE_QUEUE = Prisma.sql`
  (SELECT coalesce(sum(cardinality(message_ids)), 0)::int FROM lease WHERE worker = ${IN_QUEUE})`

/** Of the installation: its workers serve every organisation. What the queue lost is due, though nobody is there to say so. */
export async function readQueueHealth(db: Pick<PrismaClient, '$queryRaw'>): Promise<QueueHealth> {
  const rows = await db.$queryRaw<QueueHealth[]>`
    WITH due AS MATERIALIZED (
      (SELECT next_attempt_at AS since FROM delivery
        WHERE wait = 'time' AND next_attempt_at <= now() ORDER BY next_attempt_at LIMIT ${COUNT_AT_MOST})
      UNION ALL
      (SELECT l.expires_at FROM lease l, unnest(l.message_ids)
        WHERE l.worker = ${IN_QUEUE} AND l.expires_at <= now() ORDER BY l.expires_at LIMIT ${COUNT_AT_MOST})),
    late AS (SELECT extract(epoch FROM now() - since) AS seconds FROM due ORDER BY since LIMIT ${COUNT_AT_MOST})
    SELECT now() AS "asOf",
           (SELECT coalesce(percentile_cont(0.5) WITHIN GROUP (ORDER BY seconds), 0)::float8 FROM late) AS "lagP50Seconds",
           (SELECT coalesce(percentile_cont(0.99) WITHIN GROUP (ORDER BY seconds), 0)::float8 FROM late) AS "lagP99Seconds",
           (SELECT min(since) FROM due) AS "oldestDueAt",
           (SELECT count(*)::int FROM late) AS due,
           (SELECT count(*)::int FROM (SELECT 1 FROM delivery WHERE wait = 'time' AND next_attempt_at > now()
             ORDER BY next_attempt_at LIMIT ${COUNT_AT_MOST}) d) AS "waitingForTime",
           (SELECT count(*)::int FROM (SELECT 1 FROM endpoint_state WHERE next_turn_at IS NOT NULL
             ORDER BY next_turn_at LIMIT ${COUNT_AT_MOST}) s) AS "endpointsInTurn",
           ${IN_FLIGHT} AS "inFlight",
           (SELECT count(*)::int FROM lease WHERE expires_at <= now() AND worker <> ${IN_QUEUE}) AS "lostLeases",
           (SELECT holder FROM leader WHERE expires_at > now() ORDER BY expires_at DESC LIMIT 1) AS leader,
           (SELECT max(swept_at) FROM leader) AS "lastSweepAt",
           (SELECT count(*)::int FROM background_task WHERE status = 'running') AS "runningTasks"`
  const [health] = rows
  if (health === undefined) throw new Error('No row of the health of the queue.')
  return health
}

export interface WorkerHealth {
  readonly id: string
  readonly host: string
  readonly pid: number
  readonly seenAt: Date
  readonly inFlight: number
  /** Deliveries that it held when it was seen last and that wait for rescue. */
  readonly lost: number
  /** Null: of an older version. */
  readonly version: string | null
  readonly memoryBytes: number | null
  /** Has heard that deliveries are paused. Null: of an older version. */
  readonly isPaused: boolean | null
  /** The longest that its event loop was held up within one beat. Null: of an older version. */
  readonly loopDelayMs: number | null
}

export function listWorkerHealth(
  db: Pick<PrismaClient, '$queryRaw'>,
  take: number,
): Promise<WorkerHealth[]> {
  return db.$queryRaw<WorkerHealth[]>`
    SELECT w.id, w.host, w.pid, w.seen_at AS "seenAt",
           coalesce(sum(cardinality(l.message_ids)) FILTER (WHERE l.expires_at > now()), 0)::int AS "inFlight",
           coalesce(sum(cardinality(l.message_ids)) FILTER (WHERE l.expires_at <= now()), 0)::int AS lost,
           w.version, w.memory_bytes::float8 AS "memoryBytes", w.is_paused AS "isPaused",
           w.loop_delay_ms AS "loopDelayMs"
      FROM (SELECT * FROM worker ORDER BY seen_at DESC LIMIT ${take}) w
      LEFT JOIN lease l ON l.worker = w.id
     GROUP BY w.id, w.host, w.pid, w.seen_at, w.version, w.memory_bytes, w.is_paused, w.loop_delay_ms
     ORDER BY w.seen_at DESC`
}

export interface MinuteTraffic {
  readonly startsAt: Date
  readonly succeeded: number
  readonly failed: number
}

/** Attempts of an organisation in the last minutes, from the rollups: as new as they were last folded. */
export function readRecentTraffic(
  db: Pick<PrismaClient, '$queryRaw'>,
  { orgId }: { readonly orgId: string },
  minutes: number,
): Promise<MinuteTraffic[]> {
  return db.$queryRaw<MinuteTraffic[]>`
    WITH recent AS MATERIALIZED (
      SELECT app_id, starts_at, success, fail FROM traffic_minute
       WHERE starts_at >= date_trunc('minute', now()) - make_interval(mins => ${minutes}::int)
         AND kind = 'application' LIMIT 100000)
    SELECT r.starts_at AS "startsAt", sum(r.success)::int AS succeeded, sum(r.fail)::int AS failed
      FROM recent r JOIN application a ON a.id = r.app_id AND a.org_id = ${orgId}
     GROUP BY r.starts_at ORDER BY r.starts_at`
}
