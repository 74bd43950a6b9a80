import { hasText, t } from './text.ts'

/** One that is not known shows as it is. */
export function roleName(role: string): string {
  const key = `role.${role}`
  return hasText(key) ? t(key) : role
}
