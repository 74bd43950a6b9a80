import type { IncomingMessage } from 'node:http'
import type { StartedSession } from '@posthorn/core/staff'

const SESSION = 'posthorn-session'
const DEVICE = 'posthorn-device'
const DEVICE_SECONDS = 180 * 86_400

/** Over https a name that browsers refuse from any other host, and without `Secure`. */
function nameOf(name: string, isSecure: boolean): string {
  return isSecure ? `__Host-${name}` : name
}

export interface SessionCookies {
  readonly sessionToken: string | null
  readonly deviceToken: string | null
}

export function readCookies(req: IncomingMessage, isSecure: boolean): SessionCookies {
  const header = req.headers.cookie ?? ''
  return {
    sessionToken: readCookie(header, nameOf(SESSION, isSecure)),
    deviceToken: readCookie(header, nameOf(DEVICE, isSecure)),
  }
}

export function readCookie(header: string, name: string): string | null {
  const found = header.split(';').find((part) => part.trim().startsWith(`${name}=`))
  return found?.trim().slice(name.length + 1) ?? null
}

/** The session ends with the browser, at the server's own times in any case. */
export function sessionCookies(started: StartedSession, isSecure: boolean): string[] {
  return [
    cookie(nameOf(SESSION, isSecure), started.sessionToken, { isSecure }),
    cookie(nameOf(DEVICE, isSecure), started.deviceToken, { isSecure, seconds: DEVICE_SECONDS }),
  ]
}

export function endedCookie(isSecure: boolean): string[] {
  return [cookie(nameOf(SESSION, isSecure), '', { isSecure, seconds: 0 })]
}

interface CookieTraits {
  readonly isSecure: boolean
  readonly seconds?: number
}

function cookie(name: string, value: string, { isSecure, seconds }: CookieTraits): string {
  const life = seconds === undefined ? '' : `; Max-Age=${seconds}`
  return `${name}=${value}; Path=/; HttpOnly; SameSite=Strict${life}${isSecure ? '; Secure' : ''}`
}
