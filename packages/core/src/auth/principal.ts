import type { Actor } from '../actor.ts'
import type { Capability } from './capability.ts'

/** Whose request it is, proved. */
export type Principal = KeyPrincipal | OrganisationPrincipal | PortalPrincipal

interface Bounded {
  readonly orgId: string
  /** Null: until revoked. */
  readonly expiresAtMs: number | null
}

export interface KeyPrincipal extends Bounded {
  readonly kind: 'key'
  readonly id: string
  readonly scopes: ReadonlySet<string>
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
}

export function actorOf(principal: Principal): Actor {
  switch (principal.kind) {
    case 'key':
      return { kind: 'key', id: principal.id }
    case 'organisation':
      return { kind: 'token', id: principal.tokenId }
    case 'portal':
      return { kind: 'portal', sessionId: principal.sessionId }
  }
}

/** `read` and `write` are about configuration and history; `publish` is about messages. `write` includes `read`. */
export type KeyScope = 'read' | 'write' | 'publish'

export function hasScope(principal: Principal, scope: KeyScope): boolean {
  if (principal.kind !== 'key') return true
  return principal.scopes.has(scope) || (scope === 'read' && principal.scopes.has('write'))
}
