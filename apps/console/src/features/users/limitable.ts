import type { StaffRole } from '@posthorn/contracts'
import { isAtLeast } from '../../lib/session.tsx'

/** Admins and owners answer for the whole organisation. */
export function isLimitable(role: StaffRole): boolean {
  return !isAtLeast(role, 'admin')
}
