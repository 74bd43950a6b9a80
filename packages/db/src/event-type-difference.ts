import type { Transaction } from './database.ts'

/** As much as is compared, shown and copied at once. */
const MAX_ITEMS = 200
const MAX_BYTES = 2_000_000
const MAX_NAMES = 100

interface Pair {
  readonly fromOrgId: string
  readonly toOrgId: string
}

interface DifferingNames {
  /** The first of them, by name. */
  readonly names: readonly string[]
  /** Of all that differ. */
  readonly total: number
  /** The first that only the other has, and how many these are. */
  readonly onlyThere: { readonly names: readonly string[]; readonly total: number }
}

/** One copy at a time: two that go opposite ways would wait for each other's rows. */
export async function lockCopying(tx: Transaction): Promise<void> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtext('posthorn.organisation_copy'))`
}

/** Event types of one organisation that another lacks or has otherwise; archived ones are not missed. */
export async function readDifference(tx: Transaction, pair: Pair): Promise<DifferingNames> {
  const rows = await tx.$queryRaw<{ name: string; total: number }[]>`
    SELECT name, total FROM (
      SELECT s.name, (count(*) OVER ())::int AS total, row_number() OVER by_name AS place,
             sum(length(coalesce(s.schemas::text, '')) + length(coalesce(t.schemas::text, ''))) OVER by_name AS bytes
        FROM event_type s
        LEFT JOIN event_type t ON t.org_id = ${pair.toOrgId} AND t.name = s.name
       WHERE s.org_id = ${pair.fromOrgId}
         AND CASE WHEN t.name IS NULL THEN NOT s.archived
             ELSE (s.description, s.archived, s.deprecated, s.schemas, s.schema_validation, s.feature_flags, s.group_name)
                  IS DISTINCT FROM
                  (t.description, t.archived, t.deprecated, t.schemas, t.schema_validation, t.feature_flags, t.group_name)
             END
      WINDOW by_name AS (ORDER BY s.name)) differing
     WHERE place = 1 OR (place <= ${MAX_ITEMS} AND bytes <= ${MAX_BYTES})
     ORDER BY name`
  const others = await tx.$queryRaw<{ name: string; total: number }[]>`
    SELECT t.name, (count(*) OVER ())::int AS total FROM event_type t
     WHERE t.org_id = ${pair.toOrgId} AND NOT t.archived AND NOT EXISTS (
           SELECT 1 FROM event_type s WHERE s.org_id = ${pair.fromOrgId} AND s.name = t.name)
     ORDER BY t.name LIMIT ${MAX_NAMES}`
  return { ...namesOf(rows), onlyThere: namesOf(others) }
}

function namesOf(rows: readonly { readonly name: string; readonly total: number }[]) {
  return { names: rows.map((row) => row.name), total: rows[0]?.total ?? 0 }
}

/** As they stand in the one; answers how many were made. Rows that are there already are locked by the caller. */
export async function copyEventTypes(
  tx: Transaction,
  { fromOrgId, toOrgId }: Pair,
  names: { readonly added: readonly string[]; readonly changed: readonly string[] },
): Promise<number> {
  await tx.$executeRaw`
    UPDATE event_type t
       SET description = s.description, archived = s.archived, deprecated = s.deprecated, schemas = s.schemas,
           schema_validation = s.schema_validation, feature_flags = s.feature_flags, group_name = s.group_name,
           version = t.version + 1, updated_at = now()
      FROM event_type s
     WHERE s.org_id = ${fromOrgId} AND t.org_id = ${toOrgId} AND t.name = s.name
       AND s.name = ANY (${[...names.changed]}::text[])`
  return tx.$executeRaw`
    INSERT INTO event_type (org_id, name, description, archived, deprecated, schemas, schema_validation, feature_flags, group_name)
    SELECT ${toOrgId}, name, description, archived, deprecated, schemas, schema_validation, feature_flags, group_name
      FROM event_type WHERE org_id = ${fromOrgId} AND name = ANY (${[...names.added]}::text[])
        ON CONFLICT DO NOTHING`
}
