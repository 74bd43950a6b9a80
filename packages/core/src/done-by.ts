import type { Database } from '@posthorn/db'
import { findMemberName } from '@posthorn/db/staff'
import type { Actor, OrgScope } from './actor.ts'

/** Who it was, in kind: one of the customer's, the vendor's staff or systems, us, the receiver. */
export type DoneByKind = 'customer' | 'staff' | 'api' | 'system' | 'receiver'

export interface DoneBy {
  readonly kind: DoneByKind
  /** Of one of the staff; null to a portal. */
  readonly name: string | null
  /** As it stands in audit rows; null to a portal. */
  readonly actor: string | null
}

const KINDS: Readonly<Record<Actor['kind'], DoneByKind>> = {
  portal: 'customer',
  user: 'staff',
  key: 'api',
  token: 'api',
  system: 'system',
  receiver: 'receiver',
}

const USER = 'user:'
const PORTAL_OF_STAFF = 'portal:staff-'

/** Of an actor's text. The portal that one of the staff opened is not the customer. */
export function doneByKind(actor: string): DoneByKind {
  if (actor.startsWith(PORTAL_OF_STAFF)) return 'staff'
  const kind = actor.split(':')[0] ?? ''
  return isKind(kind) ? KINDS[kind] : 'system'
}

/** As far as whoever asks is told: to a customer the staff is one, so a portal is told neither name nor id. */
export async function tellDoneBy(
  { db }: { readonly db: Database },
  scope: OrgScope,
  actor: string | null,
): Promise<DoneBy | null> {
  if (actor === null) return null
  const kind = doneByKind(actor)
  if (scope.actor.kind === 'portal') return { kind, name: null, actor: null }
  const userId = userIdOf(actor)
  const name = userId === null ? null : await findMemberName(db.prisma, scope, userId)
  return { kind, name, actor }
}

function userIdOf(actor: string): string | null {
  const prefix = [USER, PORTAL_OF_STAFF].find((one) => actor.startsWith(one))
  return prefix === undefined ? null : actor.slice(prefix.length)
}

function isKind(text: string): text is Actor['kind'] {
  return Object.hasOwn(KINDS, text)
}
