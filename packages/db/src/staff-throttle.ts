import type { Database } from './database.ts'

type Raw = Pick<Database['prisma'], '$queryRaw' | '$executeRaw'>

export interface Failures {
  readonly failures: number
  readonly endsAt: Date
}

/**
 * Counts one failure more within its span, and answers how many there are. Counted before the password is
 * judged, so that guesses made at once don't all see the count of before.
 */
export async function countFailure(
  db: Raw,
  span: { readonly key: string; readonly now: Date; readonly seconds: number },
): Promise<Failures> {
  const endsAt = new Date(span.now.getTime() + span.seconds * 1000)
  const rows = await db.$queryRaw<Failures[]>`
    INSERT INTO staff_throttle AS t (key, failures, ends_at) VALUES (${span.key}, 1, ${endsAt})
    ON CONFLICT (key) DO UPDATE SET
      failures = CASE WHEN t.ends_at <= ${span.now} THEN 1 ELSE t.failures + 1 END,
      ends_at = CASE WHEN t.ends_at <= ${span.now} THEN excluded.ends_at ELSE t.ends_at END
    RETURNING failures, ends_at AS "endsAt"`
  return rows[0] ?? { failures: 1, endsAt }
}

/** A success takes back what it was counted as. */
export async function discountFailure(db: Raw, key: string): Promise<void> {
  await db.$executeRaw`
    UPDATE staff_throttle SET failures = greatest(failures - 1, 0) WHERE key = ${key}`
}

export async function forgetFailures(db: Raw, key: string): Promise<void> {
  await db.$executeRaw`DELETE FROM staff_throttle WHERE key = ${key}`
}

/** A bounded number at a time: whoever signs in next sweeps. */
export async function deleteEndedThrottles(db: Raw, now: Date): Promise<void> {
  await db.$executeRaw`
    DELETE FROM staff_throttle WHERE key IN
      (SELECT key FROM staff_throttle WHERE ends_at <= ${now} LIMIT 100 FOR UPDATE SKIP LOCKED)`
}
