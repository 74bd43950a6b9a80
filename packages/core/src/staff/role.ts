/** From the least: each may do all that those before it may. */
export const STAFF_ROLES = ['viewer', 'support', 'admin', 'owner'] as const
export type StaffRole = (typeof STAFF_ROLES)[number]

export function isStaffRole(text: unknown): text is StaffRole {
  return STAFF_ROLES.some((role) => role === text)
}

export function isRoleAtLeast(role: StaffRole, least: StaffRole): boolean {
  return STAFF_ROLES.indexOf(role) >= STAFF_ROLES.indexOf(least)
}
