import { findApplication } from '@posthorn/db'
import { findApplicationsById } from '@posthorn/db/staff'
import type { OrgScope } from '../actor.ts'
import type { CoreContext } from '../context.ts'
import { InvalidInputError } from '../errors.ts'

type Context = Pick<CoreContext, 'db'>

/** Of one key or user. */
const MAX_APPLICATIONS = 100

/** @throws {InvalidInputError} one is not there, or they are too many */
export async function findApplicationIds(
  { db }: Context,
  scope: OrgScope,
  names: readonly string[],
): Promise<string[]> {
  if (names.length > MAX_APPLICATIONS)
    throw refused(`Must be at most ${MAX_APPLICATIONS} applications`)
  const found = await Promise.all(names.map((name) => findApplication(db.prisma, scope, name)))
  const ids = found.flatMap((application) => application?.id ?? [])
  if (ids.length < names.length) throw refused('Names an application that is not there.')
  return [...new Set(ids)].toSorted()
}

export function refused(message: string): InvalidInputError {
  return new InvalidInputError([{ path: ['body', 'applications'], message }])
}

interface Limited {
  readonly appIds: readonly string[]
}

/** The names of the applications that some are limited to, by id; deleted ones have none. */
export async function nameLimits(
  { db }: Context,
  scope: { readonly orgId: string },
  limited: readonly Limited[],
): Promise<ReadonlyMap<string, string>> {
  const ids = new Set(limited.flatMap(({ appIds }) => appIds))
  const found = ids.size === 0 ? [] : await findApplicationsById(db.prisma, scope, [...ids])
  return new Map(found.map(({ id, name }) => [id, name]))
}

export interface NamedApplication {
  readonly id: string
  /** Null: deleted. */
  readonly name: string | null
}

/** As whoever is limited, or limits, is told; null: not limited. */
export function tellLimit(
  { appIds }: Limited,
  names: ReadonlyMap<string, string>,
): NamedApplication[] | null {
  return appIds.length === 0 ? null : appIds.map((id) => ({ id, name: names.get(id) ?? null }))
}
