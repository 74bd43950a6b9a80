import type { StaffRole } from '@posthorn/contracts'
import { isAtLeast, type Session } from '../lib/session.tsx'

interface Opened {
  readonly leastRole: StaffRole
  readonly forLimited?: boolean
}

/** Whether a screen is for whoever has the session; the server refuses them all the same. */
export function mayOpen(
  { role, applications }: Pick<Session, 'role' | 'applications'>,
  { leastRole, forLimited = false }: Opened,
): boolean {
  return isAtLeast(role, leastRole) && (applications === null || forLimited)
}

/** Where whoever comes in begins: figures of the whole organisation are not for who may see a part of it. */
export function firstPath({ applications }: Pick<Session, 'applications'>): string {
  return applications === null ? '/overview' : '/applications'
}
