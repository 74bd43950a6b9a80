import { idsWithinLimit, type LimitedKey } from './application-limit.ts'
import type { Database, Transaction } from './database.ts'
import type { Application, Prisma } from './generated/client.ts'
import { beyond, type KeyWindow } from './keyset.ts'

type Reader = Pick<Database['prisma'], 'application'>
interface OrgKey {
  readonly orgId: string
}

/** By id or uid, also one that a source owns. The reserved application is not to be found here: see `findOrganisation`. */
export function findApplication(
  db: Reader,
  scope: OrgKey,
  idOrUid: string,
): Promise<Application | null> {
  const key = idOrUid.startsWith('app_') ? { id: idOrUid } : { uid: idOrUid }
  return db.application.findFirst({ where: { ...key, ...living(scope) } })
}

export function listApplications(
  db: Reader,
  scope: LimitedKey,
  window: KeyWindow,
): Promise<Application[]> {
  return db.application.findMany({
    where: {
      ...living(scope),
      sourceId: null,
      id: { ...beyond(window), ...idsWithinLimit(scope) },
    },
    orderBy: { id: window.direction },
    take: window.take,
  })
}

function living(scope: OrgKey): Prisma.ApplicationWhereInput {
  return { orgId: scope.orgId, deletedAt: null, operational: false }
}

export interface ApplicationFields {
  readonly name: string
  readonly uid: string | null
  readonly throttleRate: number | null
  readonly metadata: Readonly<Record<string, string>>
}

/** Null when the uid is taken: without an error, so that the transaction can go on. */
export async function insertApplication(
  tx: Transaction,
  scope: OrgKey,
  application: ApplicationFields & { readonly id: string },
): Promise<Application | null> {
  const data = { ...application, metadata: { ...application.metadata }, orgId: scope.orgId }
  const [created] = await tx.application.createManyAndReturn({ data: [data], skipDuplicates: true })
  return created ?? null
}

/** Locks the row: what is compared and changed is the same state. */
export async function lockNamedApplication(
  tx: Transaction,
  scope: OrgKey,
  idOrUid: string,
): Promise<Application | null> {
  const rows = await tx.$queryRaw<{ id: string }[]>`
    SELECT id FROM application
     WHERE org_id = ${scope.orgId} AND (id = ${idOrUid} OR uid = ${idOrUid}) AND deleted_at IS NULL
       AND NOT operational
       FOR UPDATE`
  const id = rows[0]?.id
  return id === undefined ? null : tx.application.findUnique({ where: { id } })
}

/** Writes the fields and grows the version, which every publish verifies. */
export function updateApplication(
  tx: Transaction,
  application: { readonly id: string },
  fields: Partial<ApplicationFields>,
): Promise<Application> {
  const { metadata, ...rest } = fields
  return tx.application.update({
    where: { id: application.id },
    data: {
      ...rest,
      ...(metadata === undefined ? {} : { metadata: { ...metadata } }),
      version: { increment: 1 },
      updatedAt: new Date(),
    },
  })
}

/** Endpoints without a limit of their own follow their application's; those that wait get a turn to see it. */
export async function followApplicationRate(
  tx: Transaction,
  appId: string,
  rate: number | null,
): Promise<void> {
  await tx.$executeRaw`
    UPDATE endpoint_state s SET rate = ${rate}, lane = true, next_turn_at = coalesce(s.next_turn_at, now())
      FROM endpoint e
     WHERE e.app_id = ${appId} AND e.throttle_rate IS NULL AND e.deleted_at IS NULL AND s.endpoint_id = e.id`
}

/** Soft: its uid is free at once, its endpoints end with it. Waiting deliveries are canceled when they come up. */
export async function markApplicationDeleted(tx: Transaction, appId: string): Promise<void> {
  await tx.$executeRaw`
    UPDATE application SET deleted_at = now(), updated_at = now(), uid = NULL, version = version + 1
     WHERE id = ${appId}`
  await tx.$executeRaw`
    UPDATE endpoint SET deleted_at = now(), updated_at = now(), uid = NULL, version = version + 1
     WHERE app_id = ${appId} AND deleted_at IS NULL`
}

export interface ApplicationEndpoints {
  readonly appId: string
  readonly hasDisabled: boolean
  readonly hasPlay: boolean
}

/** Of these applications, those that have endpoints. */
export function summarizeEndpoints(
  db: Pick<Database['prisma'], '$queryRaw'>,
  appIds: readonly string[],
): Promise<ApplicationEndpoints[]> {
  return db.$queryRaw`
    SELECT app_id AS "appId", bool_or(disabled) AS "hasDisabled",
           bool_or(url LIKE 'https://play.svix.com/%') AS "hasPlay"
      FROM endpoint WHERE app_id = ANY(${appIds}) AND deleted_at IS NULL GROUP BY app_id`
}
