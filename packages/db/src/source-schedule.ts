import type { Database, Transaction } from './database.ts'
import type { Source } from './generated/client.ts'

/** Null: it publishes by no schedule. A tick that is due stays so, and is published or told as missed. */
export async function setSourceSchedule(
  tx: Transaction,
  sourceId: string,
  nextAt: Date | null,
): Promise<void> {
  if (nextAt === null) await tx.sourceSchedule.deleteMany({ where: { sourceId } })
  else
    await tx.$executeRaw`
      INSERT INTO source_schedule (source_id, next_at) VALUES (${sourceId}, ${nextAt})
      ON CONFLICT (source_id) DO UPDATE SET next_at = EXCLUDED.next_at
       WHERE source_schedule.next_at > now()`
}

export interface DueTick {
  readonly source: Source
  readonly atMs: number
}

const MAX_DUE = 100

/** Ticks whose time has come by the database's clock, the oldest first. */
export async function findDueTicks(db: Pick<Database, 'prisma'>): Promise<DueTick[]> {
  const due = await db.prisma.$queryRaw<{ sourceId: string; nextAt: Date }[]>`
    SELECT source_id AS "sourceId", next_at AS "nextAt"
      FROM source_schedule WHERE next_at <= now() ORDER BY next_at LIMIT ${MAX_DUE}`
  const sources = await db.prisma.source.findMany({
    where: { id: { in: due.map(({ sourceId }) => sourceId) }, deletedAt: null },
  })
  return due.flatMap(({ sourceId, nextAt }) => {
    const source = sources.find(({ id }) => id === sourceId)
    return source === undefined ? [] : [{ source, atMs: nextAt.getTime() }]
  })
}

/** False: another process was first, or the schedule is another one meanwhile. */
export async function advanceSchedule(
  tx: Transaction,
  { source, atMs }: DueTick,
  nextAt: Date | null,
): Promise<boolean> {
  const where = { sourceId: source.id, nextAt: new Date(atMs) }
  const { count } =
    nextAt === null
      ? await tx.sourceSchedule.deleteMany({ where })
      : await tx.sourceSchedule.updateMany({ where, data: { nextAt } })
  return count > 0
}

/** A record of something that came by no request, in the caller's transaction. */
export async function insertTickRecord(
  tx: Transaction,
  record: {
    readonly sourceId: string
    readonly id: string
    readonly reason: string
    readonly detail: string
  },
): Promise<void> {
  const nothingCame = { method: 'CRON', path: '/', address: '', bodyBytes: 0, headers: {} }
  await tx.sourceRequest.create({ data: { ...record, ...nothingCame, outcome: 'missed' } })
}
