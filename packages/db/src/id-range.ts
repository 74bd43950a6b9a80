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
