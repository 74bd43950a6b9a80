import type { UrlFault } from './url-fault.ts'

/** The userinfo of a URL as the value of an `Authorization` header. */
export function readUserinfo(url: URL): { basicAuthorization: string | null } | UrlFault {
  if (!url.username && !url.password) return { basicAuthorization: null }
  const user = decodePercent(url.username)
  const password = decodePercent(url.password)
  if (user === null || password === null || !isSendable(user, password)) {
    return { rule: 'userinfo', fault: 'The user and password in the URL cannot be sent.' }
  }
  const credentials = Buffer.from(`${user}:${password}`).toString('base64')
  return { basicAuthorization: `Basic ${credentials}` }
}

// RFC 7617: no colon in the user, no control characters in either.
function isSendable(user: string, password: string): boolean {
  // eslint-disable-next-line no-control-regex
  return !user.includes(':') && !/[\u0000-\u001f\u007f]/.test(user + password)
}

function decodePercent(text: string): string | null {
  try {
    return decodeURIComponent(text)
  } catch {
    return null
  }
}
