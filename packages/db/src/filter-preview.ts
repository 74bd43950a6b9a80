import type { Transaction } from './database.ts'
import { preferIndexes } from './endpoint.ts'
import { Prisma } from './generated/client.ts'
import { withinRange } from './id-range.ts'

type Scope = { readonly appId: string }

/** What an endpoint lets through; null: all. */
export interface PreviewedFilter {
  readonly eventTypes: readonly string[] | null
  readonly channels: readonly string[] | null
}

export interface PreviewAsked {
  readonly filter: PreviewedFilter
  /** Before the first id that counts. */
  readonly after: string
  readonly atMost: number
}

export interface FilterPreview {
  readonly messages: number
  readonly matched: number
  /** The first that was counted; null: there was none. */
  readonly oldestId: string | null
}

// Above every id.
const BEYOND = 'msg_~'

/** Walks the primary key (app_id, id) from its newest end: what it costs is `atMost`, whatever is stored. */
export function filterPreviewSql(scope: Scope, { filter, after, atMost }: PreviewAsked) {
  const range = { after, before: BEYOND, order: 'descending', take: atMost } as const
  return Prisma.sql`
    SELECT count(*)::int AS messages, (count(*) FILTER (WHERE ${matches(filter)}))::int AS matched,
           min(m.id) AS "oldestId"
      FROM (SELECT id, event_type, channels FROM message
             WHERE app_id = ${scope.appId} ${withinRange('id', range)}) m`
}

export async function previewFilter(
  tx: Transaction,
  ...[scope, asked]: Parameters<typeof filterPreviewSql>
): Promise<FilterPreview> {
  await preferIndexes(tx)
  const [preview] = await tx.$queryRaw<FilterPreview[]>(filterPreviewSql(scope, asked))
  return preview ?? { messages: 0, matched: 0, oldestId: null }
}

// As `matchEndpoints` of core decides it at publish.
function matches({ eventTypes, channels }: PreviewedFilter): Prisma.Sql {
  const conditions = [Prisma.sql`true`]
  if (eventTypes !== null)
    conditions.push(Prisma.sql`m.event_type = ANY (${[...eventTypes]}::text[])`)
  if (channels !== null) conditions.push(Prisma.sql`m.channels && ${[...channels]}::text[]`)
  return Prisma.join(conditions, ' AND ')
}
