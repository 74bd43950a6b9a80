import type { Transaction } from './database.ts'
import { preferIndexes } from './endpoint.ts'
import { Prisma } from './generated/client.ts'
import { withinRange } from './id-range.ts'

export interface MessagesToCount {
  readonly appId: string
  /** Before the first id that counts. */
  readonly after: string
  /** The first id that no longer counts; absent: all do. */
  readonly before?: string | undefined
  readonly atMost: number
}

// Above every id.
const BEYOND = 'msg_~'

/** Walks the primary key (app_id, id) alone, from its newest end: what it costs is `atMost`, whatever is stored. */
export function messageCountSql({ appId, after, before = BEYOND, atMost }: MessagesToCount) {
  const range = { after, before, order: 'descending', take: atMost } as const
  return Prisma.sql`
    SELECT count(*)::int AS count
      FROM (SELECT id FROM message WHERE app_id = ${appId} ${withinRange('id', range)}) m`
}

export async function countMessagesAfter(tx: Transaction, asked: MessagesToCount): Promise<number> {
  await preferIndexes(tx)
  const [row] = await tx.$queryRaw<{ count: number }[]>(messageCountSql(asked))
  return row?.count ?? 0
}
