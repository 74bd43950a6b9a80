import type pg from 'pg'
import { LAZY_COMMIT } from '../lazy-commit.ts'
import type { LeaderLease } from './leadership.ts'

/**
 * What each worker looks for once a second, in one statement: a round trip costs more than all these looks, and
 * an idle installation makes no other so often. Takes the leader's lease too when it is free, or renews it.
 */
export interface FoundWork {
  /** False: somebody else leads. */
  readonly leads: boolean
  /** Milliseconds until the first delivery comes due, below 0 when it is overdue; null: none waits for its time. */
  readonly nextDueInMs: number | null
  readonly expiredLease: boolean
  readonly task: boolean
  readonly notification: boolean
  readonly mail: boolean
  /** Recorded attempts that no rollup counts yet. */
  readonly traffic: boolean
  /** A receiver asked for its endpoint's end. */
  readonly disabling: boolean
}

export async function lookForWork(pool: pg.Pool, lease: LeaderLease): Promise<FoundWork> {
  const { rows } = await pool.query<FoundWork>({
    name: 'look_for_work',
    text: LOOK,
    values: [lease.name, lease.holder, lease.seconds, lease.sweptMsAgo],
  })
  const [found] = rows
  if (found === undefined) throw new Error('No row of what there is to do.')
  return found
}

// A lease that a crash of Postgres shortens is taken by whoever looks next.
const LOOK = `
WITH held AS (
  INSERT INTO leader (name, holder, expires_at, swept_at)
  SELECT $1::text, $2::text, now() + $3::float8 * interval '1 second', now() - $4::float8 * interval '1 millisecond'
    FROM ${LAZY_COMMIT}
  ON CONFLICT (name) DO UPDATE SET holder = excluded.holder, expires_at = excluded.expires_at,
    swept_at = greatest(leader.swept_at, excluded.swept_at)
   WHERE leader.holder = excluded.holder OR leader.expires_at <= now()
  RETURNING holder
)
SELECT EXISTS (SELECT FROM held) AS leads,
       (SELECT extract(epoch FROM next_attempt_at - now())::float8 * 1000 FROM delivery
         WHERE wait = 'time' ORDER BY next_attempt_at LIMIT 1) AS "nextDueInMs",
       EXISTS (SELECT FROM lease WHERE expires_at <= now()) AS "expiredLease",
       EXISTS (SELECT FROM background_task WHERE status = 'running' AND paused_at IS NULL
                  AND (leased_until IS NULL OR leased_until <= now())) AS task,
       EXISTS (SELECT FROM alert_notification WHERE status = 'pending' AND next_attempt_at <= now()) AS notification,
       EXISTS (SELECT FROM notice_mail WHERE status = 'pending' AND next_attempt_at <= now()) AS mail,
       EXISTS (SELECT FROM traffic_delta) AS traffic,
       EXISTS (SELECT FROM asked_disabling) AS disabling`
