/** Who does something. Adding a kind breaks the build wherever it matters. */
export type Actor =
  | { readonly kind: 'key'; readonly id: string }
  | { readonly kind: 'token'; readonly id: string }
  | { readonly kind: 'user'; readonly id: string }
  | { readonly kind: 'portal'; readonly sessionId: string }
  | { readonly kind: 'receiver' }
  | { readonly kind: 'system'; readonly reason: string }

/** As it stands in audit rows, `disabledBy` and attempts: `key:key_…`, `system:auto_disable`, `receiver`. */
export function actorText(actor: Actor): string {
  switch (actor.kind) {
    case 'key':
    case 'token':
    case 'user':
      return `${actor.kind}:${actor.id}`
    case 'portal':
      return `portal:${actor.sessionId}`
    case 'system':
      return `system:${actor.reason}`
    case 'receiver':
      return 'receiver'
  }
}

/** Tenancy is an argument: every verb on tenant data takes one of these first. */
export interface OrgScope {
  readonly orgId: string
  readonly actor: Actor
  readonly requestId?: string | undefined
  /** Where the request comes from. */
  readonly address?: string | undefined
  /** The only applications that whoever asks may see, where the operation keeps to these; absent: all. */
  readonly appIds?: readonly string[] | undefined
}

/** By a portal token only what belongs to its application; else all of the organisation's. */
export interface SourceScope extends OrgScope {
  readonly appId?: string
}

export interface AppScope extends OrgScope {
  readonly appId: string
}
