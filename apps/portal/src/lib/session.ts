import type { AppPortalCapability } from '@posthorn/contracts'

export interface Session {
  readonly appId: string
  readonly token: string
  readonly capabilities: ReadonlySet<AppPortalCapability>
  readonly expiresAtMs: number | null
  /** Opened by staff of whoever runs this, not by the customer. */
  readonly isStaff: boolean
}

const STORED_AS = 'posthorn-portal-session'
const STAFF_SESSION = 'staff-'

/**
 * The session that the link's fragment brings, else that of this tab. The fragment leaves the address bar
 * before anything else runs, so that it is neither kept in the history nor copied along.
 */
export function openSession(): Session | null {
  const { hash, pathname, search } = location
  const key = new URLSearchParams(hash.slice(1)).get('key')
  if (key === null) return readKey(recall())
  history.replaceState(null, '', pathname + search)
  const session = readKey(key)
  if (session !== null) keepSession(session)
  return session
}

export function forgetSession(): void {
  try {
    sessionStorage.removeItem(STORED_AS)
  } catch {
    // A frame without storage keeps nothing.
  }
}

// In frames storage can be partitioned away or throw: then the session lasts as long as the page.
export function keepSession({ appId, token }: Session): void {
  try {
    sessionStorage.setItem(STORED_AS, btoa(JSON.stringify({ appId, token })))
  } catch {
    // As above.
  }
}

function recall(): string | null {
  try {
    return sessionStorage.getItem(STORED_AS)
  } catch {
    return null
  }
}

function readKey(key: string | null): Session | null {
  // A `+` of base64 in a fragment comes out of URLSearchParams as a space.
  const fields = readJson(key === null ? '' : decodeBase64(key.replaceAll(' ', '+')))
  const { appId, token } = fields
  return typeof appId === 'string' && typeof token === 'string' ? sessionOf(appId, token) : null
}

/** What the token says it may do; null if it is none. The server has the last word on both. */
export function sessionOf(appId: string, token: string): Session | null {
  if (token === '') return null
  const claims = readJson(decodeBase64(base64OfClaims(token)))
  return {
    appId,
    token,
    capabilities: new Set(namesOf(claims['capabilities'])),
    expiresAtMs: typeof claims['exp'] === 'number' ? claims['exp'] * 1000 : null,
    isStaff: typeof claims['sid'] === 'string' && claims['sid'].startsWith(STAFF_SESSION),
  }
}

function base64OfClaims(token: string): string {
  return (token.split('.')[1] ?? '').replaceAll('-', '+').replaceAll('_', '/')
}

const CAPABILITIES: readonly AppPortalCapability[] = [
  'ViewBase',
  'ViewEndpointSecret',
  'ManageEndpointSecret',
  'ManageTransformations',
  'CreateAttempts',
  'ManageEndpoint',
  'ViewSources',
  'ManageSources',
]

function namesOf(value: unknown): AppPortalCapability[] {
  return Array.isArray(value) ? CAPABILITIES.filter((name) => value.includes(name)) : []
}

function decodeBase64(text: string): string {
  try {
    return atob(text)
  } catch {
    return ''
  }
}

function readJson(text: string): Record<string, unknown> {
  try {
    return Object(JSON.parse(text))
  } catch {
    return {}
  }
}
