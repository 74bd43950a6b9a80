/**
 * The statement that records attempts of one week; see record-attempts.ts for what it guarantees.
 * A plan is kept, and may be made while a table has one row and walking all of its key is as good as looking one up.
 * So that no plan can, what grows is found by values first, whatever it is joined with: `= ANY (ARRAY[…])`, an array of
 * a subquery, a subquery for each row, a LATERAL that OFFSET 0 or FOR UPDATE keeps apart. `(d.trigger = 'scheduled') IS TRUE`: no condition for an index.
 */
export function recordAttemptsSql(week: string): string {
  return `${INPUT},\n${settleSql(week)},\n${STATE}\n${ANSWER}`
}

const INPUT = `
WITH input AS MATERIALIZED (
  SELECT * FROM unnest(
    $1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::int[], $7::uuid[], $8::text[], $9::text[],
    $10::boolean[], $11::text[], $12::text[], $13::text[], $14::int[], $15::text[], $16::text[], $17::int[], $18::text[],
    $19::text[], $20::float8[], $21::boolean[], $22::boolean[], $23::boolean[], $24::float8[],
    $28::text[], $29::int[]
  ) AS i (message_id, attempt_id, endpoint_id, app_id, trigger, number, token, task_id, actor,
          success, code, params, url, response_status, response_body, response_headers, duration_ms, timing,
          status, retry_in, lost, counts, blames, hold, event_type, mark)
),
judged AS (
  SELECT i.*, CASE WHEN i.retry_in IS NOT NULL THEN nullif(coalesce(
           (SELECT CASE WHEN e.deleted_at IS NOT NULL THEN 'endpoint_deleted'
                        WHEN e.disabled THEN 'endpoint_disabled' ELSE 'open' END
              FROM endpoint e WHERE e.id = i.endpoint_id), 'endpoint_deleted'), 'open') END AS closed_by
    FROM input i
)`

const settleSql = (week: string): string => `
settled AS (
  UPDATE delivery_${week} d
     SET status = CASE WHEN i.closed_by IS NOT NULL THEN 'canceled' ELSE i.status::delivery_status END,
         attempt_count = d.attempt_count + i.counts::int,
         lost_count = d.lost_count + i.lost::int,
         next_attempt_at = CASE WHEN i.closed_by IS NULL THEN now() + i.retry_in * interval '1 second' END,
         wait = CASE WHEN i.retry_in IS NOT NULL AND i.closed_by IS NULL THEN 'time'::delivery_wait END,
         lease_token = NULL,
         cause = coalesce(i.closed_by, i.code)
    FROM judged i
   WHERE d.message_id = ANY (ARRAY[i.message_id]) AND d.endpoint_id = ANY (ARRAY[i.endpoint_id])
     AND d.trigger = i.trigger::delivery_trigger AND (d.lease_token = i.token) IS TRUE
  RETURNING i.*, d.next_attempt_at
),
recorded AS (
  INSERT INTO attempt_${week} (message_id, id, endpoint_id, app_id, trigger, number, success, code, params, url, response_status,
                       response_body, response_headers, duration_ms, timing, next_attempt_at, task_id, actor)
  SELECT message_id, attempt_id, endpoint_id, app_id, trigger::delivery_trigger, number, success, code, params::jsonb, url,
         response_status, response_body, response_headers::jsonb, duration_ms, timing::jsonb, next_attempt_at, task_id, actor
    FROM settled WHERE counts
),
traffic AS (
  INSERT INTO traffic_delta (app_ids, endpoint_ids, event_types, marks)
  SELECT array_agg(app_id), array_agg(endpoint_id), array_agg(CASE WHEN event_type <> '' THEN event_type ELSE coalesce((
           SELECT m.event_type FROM message_${week} m WHERE m.app_id = s.app_id AND m.id = s.message_id), '') END),
         array_agg(mark::smallint)
    FROM settled s WHERE counts HAVING count(*) > 0
),
schedules AS (
  UPDATE delivery_${week} d SET status = 'delivered', wait = NULL, next_attempt_at = NULL, cause = NULL
    FROM settled s
   WHERE s.success AND s.trigger = 'manual'
     AND d.message_id = ANY (ARRAY[s.message_id]) AND d.endpoint_id = ANY (ARRAY[s.endpoint_id])
     AND (d.trigger = 'scheduled') IS TRUE AND (d.lease_token IS NULL) IS TRUE AND (d.status <> 'delivered') IS TRUE
)`

const STATE = `
tally AS MATERIALIZED (
  SELECT endpoint_id, bool_or(success) AS ok, count(*) FILTER (WHERE success AND counts) AS successes,
         count(*) FILTER (WHERE NOT success AND counts) AS failures,
         count(*) FILTER (WHERE NOT success AND blames) AS blamed, max(hold) AS hold
    FROM settled GROUP BY endpoint_id ORDER BY endpoint_id
),
stats AS (
  INSERT INTO endpoint_stat (endpoint_id, hour, success, fail)
  SELECT endpoint_id, date_trunc('hour', now()), successes, failures FROM tally
   WHERE successes + failures > 0 ORDER BY endpoint_id
  ON CONFLICT (endpoint_id, hour) DO UPDATE
     SET success = endpoint_stat.success + excluded.success, fail = endpoint_stat.fail + excluded.fail
),
changed AS MATERIALIZED (
  SELECT s.endpoint_id, t.ok, t.blamed, t.hold
    FROM tally t
   CROSS JOIN LATERAL (
         SELECT endpoint_id, failing_since FROM endpoint_state WHERE endpoint_id = t.endpoint_id OFFSET 0) s
   WHERE t.blamed > 0 OR t.hold IS NOT NULL OR (t.ok AND s.failing_since IS NOT NULL)
),
locked AS MATERIALIZED (
  SELECT endpoint_id FROM endpoint_state WHERE endpoint_id = ANY (ARRAY(SELECT endpoint_id FROM changed))
   ORDER BY endpoint_id FOR UPDATE
),
states AS (
  UPDATE endpoint_state s
     SET failing_since = CASE WHEN c.ok THEN NULL WHEN c.blamed > 0 THEN coalesce(s.failing_since, now()) ELSE s.failing_since END,
         failure_count = CASE WHEN c.ok THEN 0 ELSE s.failure_count + c.blamed END,
         breaker_opened_at = CASE
           WHEN c.ok THEN NULL
           WHEN $26::float8 > 0 AND s.failing_since <= now() - $26 * interval '1 second' AND s.failure_count + c.blamed >= $27::int
             THEN coalesce(s.breaker_opened_at, now())
           ELSE s.breaker_opened_at END,
         held_until = greatest(s.held_until, now() + c.hold * interval '1 second'),
         lane = s.lane OR c.hold IS NOT NULL OR (NOT c.ok
           AND $26 > 0 AND s.failing_since <= now() - $26 * interval '1 second' AND s.failure_count + c.blamed >= $27),
         next_turn_at = CASE WHEN c.ok AND s.next_turn_at > now() AND s.breaker_opened_at IS NOT NULL
                             THEN now() ELSE s.next_turn_at END
    FROM changed c
   WHERE s.endpoint_id = ANY (ARRAY(SELECT endpoint_id FROM locked)) AND s.endpoint_id = c.endpoint_id
  RETURNING s.endpoint_id, s.failing_since, s.failure_count, s.breaker_opened_at
),
ended AS (
  DELETE FROM lease WHERE token = ANY ($25::uuid[])
)`

const ANSWER = `
SELECT i.attempt_id AS fenced, NULL AS endpoint_id, NULL AS failing_for, NULL AS failing_since,
       NULL AS failure_count, NULL AS opened
  FROM input i WHERE i.attempt_id NOT IN (SELECT attempt_id FROM settled)
UNION ALL
SELECT NULL, endpoint_id, extract(epoch FROM now() - failing_since)::float8, (extract(epoch FROM failing_since) * 1000)::float8,
       failure_count, (breaker_opened_at = now()) IS TRUE
  FROM states WHERE failing_since IS NOT NULL`
