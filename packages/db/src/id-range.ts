import { Prisma } from './generated/client.ts'

/** A stretch of ids, both ends excluded, read from one end: what one statement of a list looks at. */
export interface IdRange {
  readonly after: string
  readonly before: string
  readonly order: 'ascending' | 'descending'
  readonly take: number
}

/** `AND id > … AND id < … ORDER BY id … LIMIT …`: after a condition on the index's first column. */
export function withinRange(column: string, range: IdRange): Prisma.Sql {
  const id = Prisma.raw(column)
  return Prisma.sql`AND ${id} > ${range.after} AND ${id} < ${range.before}
    ORDER BY ${id} ${direction(range)} LIMIT ${range.take}`
}

export function direction(range: IdRange): Prisma.Sql {
  return range.order === 'ascending' ? Prisma.sql`ASC` : Prisma.sql`DESC`
}

export interface Slice {
  /** Selects `id`, `matches` and what else is listed, of each row within the range. */
  readonly rows: Prisma.Sql
  /** Of a row `k` of those: what its content weighs. */
  readonly bytes: Prisma.Sql
}

/**
 * Of a slice the rows that match, and the last one, to go on from: what nobody asked for stays in the database.
 * In no order that is promised.
 */
export function matchesOfSlice({ rows, bytes }: Slice, range: IdRange): Prisma.Sql {
  const last = range.order === 'ascending' ? Prisma.sql`max` : Prisma.sql`min`
  return Prisma.sql`
    SELECT k.*, ${bytes} AS bytes
      FROM (SELECT r.*, (count(*) OVER ())::int AS scanned, ${last}(r.id) OVER () AS last FROM (${rows}) r) k
     WHERE k.matches OR k.id = k.last`
}
