import { firstIdAt, idTimeMs } from '@posthorn/runtime'
import type pg from 'pg'
import { WEEK_MS, weekName, weekStart } from '../partitions.ts'

/**
 * The hot statements that look rows up by message id name the partition (a week) themselves instead of
 * leaving it to run-time pruning: their plans touch one table, not sixteen, and Postgres 18 crashes when
 * a row that changed meanwhile is checked again (EvalPlanQual) in a statement with run-time pruning.
 * See docs/adr/0007-hot-statements-name-their-partition.md.
 */

interface Week {
  readonly name: string
  readonly fromId: string
  readonly toId: string
}

let current: Week = { name: '', fromId: '', toId: '' }

/** The suffix of the partitions that hold this message's rows, `w20261123`. */
function weekOf(messageId: string): string {
  if (messageId < current.fromId || messageId >= current.toId) current = readWeek(messageId)
  return current.name
}

export function groupByWeek<Row extends { readonly messageId: string }>(
  rows: readonly Row[],
): Map<string, Row[]> {
  return Map.groupBy(rows, (row) => weekOf(row.messageId))
}

function readWeek(messageId: string): Week {
  const atMs = idTimeMs('msg_', messageId)
  if (atMs === null) throw new Error(`Not a message id: ${messageId}`)
  const startMs = weekStart(atMs)
  return {
    name: weekName(startMs),
    fromId: firstIdAt('msg_', startMs),
    toId: firstIdAt('msg_', startMs + WEEK_MS),
  }
}

const UNDEFINED_TABLE = '42P01'

/** Whether the statement failed because retention dropped the week: its rows are gone for good. */
export function isDroppedWeek(err: unknown): boolean {
  return err instanceof Error && 'code' in err && err.code === UNDEFINED_TABLE
}

/** For a transaction, which an error would end. */
export async function weekExists(db: Pick<pg.ClientBase, 'query'>, week: string): Promise<boolean> {
  const { rows } = await db.query<{ exists: boolean }>(
    'SELECT to_regclass($1) IS NOT NULL AS exists',
    [`delivery_${week}`],
  )
  return rows[0]?.exists ?? false
}
