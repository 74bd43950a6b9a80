import {
  actorOf,
  type AppScope,
  type Capability,
  ForbiddenError,
  hasScope,
  isForApplication,
  type KeyScope,
  limitOf,
  NotFoundError,
  type OrgScope,
  type Principal,
} from '@posthorn/core'
import { isRoleAtLeast, type StaffRole } from '@posthorn/core/staff'
import { type Database, findApplication } from '@posthorn/db'

/** Who may call an operation, and as what it is called. */
export type Access =
  | { readonly of: 'public' }
  /** Whoever is authenticated, for itself. */
  | { readonly of: 'principal' }
  | ({ readonly of: 'organisation' } & ForLimited)
  /** Keys, users and the audit record: not for keys without the scope `admin`. */
  | { readonly of: 'administration' }
  /** A page of ours, nobody signed in. */
  | { readonly of: 'visitor' }
  /** A page of ours, whether somebody is signed in or not. */
  | { readonly of: 'anyone' }
  /** A user of the console for themselves, in no organisation. */
  | { readonly of: 'user' }
  /** `capability` null: only the organisation, not a portal token. */
  | { readonly of: 'application'; readonly capability: Capability | null }
  | ({ readonly of: 'either'; readonly capability: Capability } & ForLimited)
  /** The organisation, by a key with any of these scopes instead of ours. */
  | { readonly of: 'losant'; readonly scopes: readonly string[] }

/** What isn't below an application's path refuses whoever is limited to applications, but for rows that say this. */
export interface ForLimited {
  /** The handler tells of, and touches, `scope.appIds` only, or what is the same for every application. */
  readonly keepsToLimit?: true
}

export interface Caller {
  readonly principal: Principal
  readonly keyScope: KeyScope
  /** What a user of the console has to be. */
  readonly leastRole: StaffRole
  readonly requestId: string
  readonly address: string
}

/** The scope that a handler gets: an application is found inside the caller's organisation, or it is a 404. */
export async function resolveScope(
  db: Database,
  caller: Caller,
  target: { readonly access: Access; readonly appId: string | undefined },
): Promise<OrgScope | AppScope> {
  const { principal, requestId, address } = caller
  requireRights(caller, target.access)
  const actor = actorOf(principal)
  const scope: OrgScope = { orgId: principal.orgId, actor, requestId, address }
  const { access } = target
  switch (access.of) {
    case 'public':
    case 'principal':
    case 'visitor':
    case 'anyone':
    case 'user':
      return scope
    case 'organisation':
    case 'administration':
    case 'losant':
      return refusePortal(principal, limitedScope(principal, access, scope))
    case 'either':
      requireCapability(principal, access.capability)
      return ownScope(principal, limitedScope(principal, access, scope))
    case 'application':
      return applicationScope(db, {
        scope,
        principal,
        capability: access.capability,
        appId: target.appId ?? '',
      })
  }
}

function requireRights({ principal, keyScope, leastRole }: Caller, access: Access): void {
  const isAllowed =
    access.of === 'losant' && principal.kind === 'key'
      ? access.scopes.some((scope) => principal.scopes.has(scope))
      : hasScope(principal, keyScope)
  if (!isAllowed) throw new ForbiddenError()
  if (principal.kind === 'staff' && !isRoleAtLeast(principal.role, leastRole))
    throw new ForbiddenError(`This needs the role ${leastRole}.`)
}

function limitedScope(principal: Principal, access: Access, scope: OrgScope): OrgScope {
  const appIds = limitOf(principal)
  if (appIds === null) return scope
  if ('keepsToLimit' in access) return { ...scope, appIds: [...appIds] }
  const who = principal.kind === 'key' ? 'This key is' : 'In this organisation you are'
  throw new ForbiddenError(`${who} limited to applications: this is about all of them.`)
}

function refusePortal(principal: Principal, scope: OrgScope): OrgScope {
  if (principal.kind === 'portal') throw new ForbiddenError()
  return scope
}

/** Of a portal token its application, else the whole organisation. */
function ownScope(principal: Principal, scope: OrgScope): OrgScope | AppScope {
  return principal.kind === 'portal' ? { ...scope, appId: principal.appId } : scope
}

interface ApplicationTarget {
  readonly scope: OrgScope
  readonly principal: Principal
  readonly capability: Capability | null
  readonly appId: string
}

async function applicationScope(db: Database, target: ApplicationTarget): Promise<AppScope> {
  const { scope, principal, capability } = target
  const application = await findApplication(db.prisma, scope, target.appId)
  if (application === null || !isForApplication(principal, application.id))
    throw new NotFoundError()
  requireCapability(principal, capability)
  return { ...scope, appId: application.id }
}

function requireCapability(principal: Principal, capability: Capability | null): void {
  if (principal.kind !== 'portal') return
  if (capability === null || !principal.capabilities.has(capability)) throw new ForbiddenError()
}
