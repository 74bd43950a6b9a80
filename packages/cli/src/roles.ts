export const ROLES = ['api', 'worker', 'ingest'] as const
export type Role = (typeof ROLES)[number]

/** The roles of one process. */
export type RoleGroup = readonly Role[]

/** `api;worker` are two processes, `api,worker` is one. Null when a name is unknown or given twice. */
export function parseRoleGroups(text: string): readonly RoleGroup[] | null {
  const groups = text.split(';').map(parseRoleGroup)
  const known = groups.filter((group) => group !== null)
  return known.length === groups.length ? known : null
}

export function parseRoleGroup(text: string): RoleGroup | null {
  const names = text.split(',').map((name) => name.trim())
  const roles = names.filter(isRole)
  const isSound = roles.length === names.length && new Set(roles).size === roles.length
  return isSound ? roles : null
}

function isRole(text: string): text is Role {
  return ROLES.some((role) => role === text)
}
