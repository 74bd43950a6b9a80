import type { Database } from './database.ts'

/** The columns that hold what the vault sealed. */
export const SEALED_COLUMNS = [
  { table: 'endpoint', column: 'headers', key: 'id', keyType: 'text' },
  { table: 'endpoint_secret', column: 'secret', key: 'id', keyType: 'text' },
  { table: 'source', column: 'config', key: 'id', keyType: 'text' },
  { table: 'source', column: 'secrets', key: 'id', keyType: 'text' },
  { table: 'source_token', column: 'token', key: 'hash', keyType: 'bytea' },
  { table: 'quarantined_request', column: 'request', key: 'id', keyType: 'text' },
  { table: 'staff_user', column: 'totp_secret', key: 'id', keyType: 'text' },
  { table: 'staff_user', column: 'totp_pending', key: 'id', keyType: 'text' },
  { table: 'alert_rule', column: 'target', key: 'id', keyType: 'text' },
  { table: 'notice_address', column: 'token', key: 'id', keyType: 'text' },
  { table: 'idempotency_key', column: 'response', key: 'key', keyType: 'bytea' },
] as const
export type SealedColumn = (typeof SEALED_COLUMNS)[number]

type SealedKey = string | Uint8Array

export interface SealedValue {
  readonly key: SealedKey
  readonly sealed: Uint8Array
}

export interface SealedRange {
  readonly column: SealedColumn
  /** Of the vault's key that is passed over. */
  readonly writerId: Uint8Array
  /** Null: from the beginning. */
  readonly after: SealedKey | null
  readonly limit: number
}

/** In the order of their keys: values that another key of the vault wrote. */
export async function listSealedByOthers(
  db: Database['hot'],
  { column: { table, column, key, keyType }, ...range }: SealedRange,
): Promise<SealedValue[]> {
  const { rows } = await db.query<SealedValue>(
    `SELECT ${key} AS key, ${column} AS sealed FROM ${table}
      WHERE ${column} IS NOT NULL AND substring(${column} from 2 for 4) <> $1
        AND ($2::${keyType} IS NULL OR ${key} > $2) ORDER BY ${key} LIMIT $3`,
    [range.writerId, range.after, range.limit],
  )
  return rows
}

/** Leaves alone what was changed since it was read: that was sealed by the key that writes. */
export async function replaceSealed(
  db: Database['hot'],
  { table, column, key }: SealedColumn,
  { value, sealed }: { readonly value: SealedValue; readonly sealed: Uint8Array },
): Promise<void> {
  await db.query(`UPDATE ${table} SET ${column} = $1 WHERE ${key} = $2 AND ${column} = $3`, [
    sealed,
    value.key,
    value.sealed,
  ])
}
