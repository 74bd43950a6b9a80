import { Prisma } from './generated/client.ts'

/** Whose rows may be told: all of the organisation's, or only those of some of its applications. */
export interface LimitedKey {
  readonly orgId: string
  readonly appIds?: readonly string[] | undefined
}

/** The condition that a column holds one of these applications. */
export function withinLimit(column: string, { appIds }: LimitedKey): Prisma.Sql {
  if (appIds === undefined) return Prisma.sql`true`
  return Prisma.sql`${Prisma.raw(column)} = ANY (${[...appIds]}::text[])`
}

/** The same for a query of the client, on ids of which more may be asked. */
export function idsWithinLimit(
  { appIds }: LimitedKey,
  ids?: readonly string[],
): { in: string[] } | Record<never, never> {
  if (appIds === undefined) return ids === undefined ? {} : { in: [...ids] }
  return { in: appIds.filter((id) => ids?.includes(id) ?? true) }
}
