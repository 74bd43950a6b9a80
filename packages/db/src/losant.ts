import type { Database } from './database.ts'
import { type Application, Prisma, type Source } from './generated/client.ts'

/** The type of the sources that these look-ups are about. */
const TYPE = 'losant'

type Reader = Pick<Database['prisma'], '$queryRaw' | 'application' | 'source'>

interface OrgKey {
  readonly orgId: string
}

interface AppKey extends OrgKey {
  readonly appId: string
}

// As the expression of the indexes has it, or they don't serve.
const LOSANT_ID = Prisma.sql`left(encode(sha256(decode(id, 'escape')), 'hex'), 24)`

/** By the 24 hexadecimal digits that Losant's clients know it by. */
export async function findApplicationByLosantId(
  db: Reader,
  { orgId }: OrgKey,
  losantId: string,
): Promise<Application | null> {
  const rows = await db.$queryRaw<{ id: string }[]>`
    SELECT id FROM application
     WHERE org_id = ${orgId} AND ${LOSANT_ID} = ${losantId} AND deleted_at IS NULL AND NOT operational`
  const [row] = rows
  return row === undefined ? null : db.application.findUnique({ where: { id: row.id } })
}

export async function findSourceByLosantId(
  db: Reader,
  { orgId, appId }: AppKey,
  losantId: string,
): Promise<Source | null> {
  const rows = await db.$queryRaw<{ id: string }[]>`
    SELECT id FROM source
     WHERE org_id = ${orgId} AND ${LOSANT_ID} = ${losantId} AND deleted_at IS NULL AND type = 'losant'
       AND app_id = ${appId}`
  const [row] = rows
  return row === undefined ? null : db.source.findUnique({ where: { id: row.id } })
}

export type LosantSort = 'name' | 'id' | 'creationDate' | 'lastUpdated'

export interface LosantPage {
  readonly sort: LosantSort
  readonly direction: 'asc' | 'desc'
  readonly offset: number
  readonly take: number
  /** `*` and `?` over the whole name, in any case; null: all. */
  readonly nameGlob: string | null
}

const ORDER: Readonly<Record<LosantSort, Prisma.Sql>> = {
  name: Prisma.sql`lower(name)`,
  id: LOSANT_ID,
  creationDate: Prisma.sql`created_at`,
  lastUpdated: Prisma.sql`updated_at`,
}
const DIRECTION = { asc: Prisma.sql`ASC`, desc: Prisma.sql`DESC` } as const

/** One page of an application's webhooks, and how many there are: few, so they may be counted. */
export async function listLosantSources(
  db: Reader,
  { orgId, appId }: AppKey,
  { sort, direction, offset, take, nameGlob }: LosantPage,
): Promise<{ readonly rows: Source[]; readonly total: number }> {
  const named = nameGlob === null ? Prisma.empty : Prisma.sql`AND name ILIKE ${likeOf(nameGlob)}`
  const where = Prisma.sql`
    WHERE app_id = ${appId} AND org_id = ${orgId} AND type = ${TYPE} AND deleted_at IS NULL ${named}`
  const [counted] = await db.$queryRaw<{ total: number }[]>`
    SELECT count(*)::int AS total FROM source ${where}`
  const ids = await db.$queryRaw<{ id: string }[]>`
    SELECT id FROM source ${where}
     ORDER BY ${ORDER[sort]} ${DIRECTION[direction]}, id ${DIRECTION[direction]}
     LIMIT ${take} OFFSET ${offset}`
  const found = await db.source.findMany({ where: { id: { in: ids.map(({ id }) => id) } } })
  const byId = new Map(found.map((row) => [row.id, row]))
  const rows = ids.flatMap(({ id }) => byId.get(id) ?? [])
  return { rows, total: counted?.total ?? 0 }
}

function likeOf(glob: string): string {
  return glob
    .replaceAll(/[\\%_]/g, '\\$&')
    .replaceAll(/\*+/g, '%')
    .replaceAll('?', '_')
}

interface SubscribedEndpoint {
  readonly id: string
  readonly url: string
  readonly description: string
  readonly channels: readonly string[]
}

/** Endpoints of the application that are subscribed to one of these channels by name. */
export function findEndpointsByChannel(
  db: Reader,
  { orgId, appId }: AppKey,
  channels: readonly string[],
): Promise<SubscribedEndpoint[]> {
  return db.$queryRaw<SubscribedEndpoint[]>`
    SELECT id, url, description, channels FROM endpoint
     WHERE app_id = ${appId} AND org_id = ${orgId} AND deleted_at IS NULL AND channels && ${[...channels]}::text[]
     ORDER BY id`
}
