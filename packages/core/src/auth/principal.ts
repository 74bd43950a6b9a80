import type { Actor } from '../actor.ts'
import { isRoleAtLeast, type StaffRole } from '../staff/role.ts'
import type { Capability } from './capability.ts'

/** Whose request it is, proved. */
export type Principal = KeyPrincipal | OrganisationPrincipal | PortalPrincipal | StaffPrincipal

interface Bounded {
  readonly orgId: string
  /** Null: until revoked. */
  readonly expiresAtMs: number | null
}

export interface KeyPrincipal extends Bounded {
  readonly kind: 'key'
  readonly id: string
  readonly scopes: ReadonlySet<string>
  /** The only applications that it is taken for; null: all of the organisation. */
  readonly appIds: ReadonlySet<string> | null
}

/** Bears an organisation token, which may do everything in its organisation. */
export interface OrganisationPrincipal extends Bounded {
  readonly kind: 'organisation'
  readonly tokenId: string
}

/** Bears an application token: a customer in the portal. */
export interface PortalPrincipal extends Bounded {
  readonly kind: 'portal'
  readonly tokenId: string
  readonly appId: string
  readonly sessionId: string
  readonly capabilities: ReadonlySet<Capability>
  readonly featureFlags: ReadonlySet<string>
  /** Of the first token of its chain, if it was renewed. */
  readonly issuedAtMs: number
  /** How long it was made to live; a renewed one lives as long again. */
  readonly lifeSeconds: number
  /** That of the key which the first token was made with: no renewal outlives it. Null: no such limit. */
  readonly latestMs: number | null
}

/** A user of the console, in the organisation that this very request names. */
export interface StaffPrincipal extends Bounded {
  readonly kind: 'staff'
  readonly userId: string
  readonly sessionId: string
  readonly role: StaffRole
  /** The only applications that they may see in it; null: all. */
  readonly appIds: ReadonlySet<string> | null
}

export function actorOf(principal: Principal): Actor {
  switch (principal.kind) {
    case 'key':
      return { kind: 'key', id: principal.id }
    case 'organisation':
      return { kind: 'token', id: principal.tokenId }
    case 'portal':
      return { kind: 'portal', sessionId: principal.sessionId }
    case 'staff':
      return { kind: 'user', id: principal.userId }
  }
}

/**
 * Of a key or a user for some applications these: what is about another is not for them, nor what is about the
 * organisation, unless it keeps to these. Null: not limited.
 */
export function limitOf(principal: Principal): ReadonlySet<string> | null {
  return principal.kind === 'key' || principal.kind === 'staff' ? principal.appIds : null
}

/** When the portal tokens end that are made with it; null: as they were asked for. */
export function latestOf(principal: Principal): number | null {
  return principal.kind === 'key' ? principal.expiresAtMs : null
}

/** Whether an application of the organisation may be told to whoever asks: a portal has its own, others may have some. */
export function isForApplication(principal: Principal, appId: string): boolean {
  if (principal.kind === 'portal') return principal.appId === appId
  return limitOf(principal)?.has(appId) ?? true
}

/**
 * `read` and `write` are about configuration and history; `publish` is about messages; `admin` is about keys,
 * users and the audit record. `write` includes `read`, `admin` includes nothing else.
 */
export type KeyScope = 'read' | 'write' | 'publish' | 'admin'

/** What a user may do is decided operation by operation; here only what their role can never do is refused. */
export function hasScope(principal: Principal, scope: KeyScope): boolean {
  if (principal.kind === 'staff')
    return scope !== 'publish' || isRoleAtLeast(principal.role, 'admin')
  if (principal.kind !== 'key') return true
  return principal.scopes.has(scope) || (scope === 'read' && principal.scopes.has('write'))
}
