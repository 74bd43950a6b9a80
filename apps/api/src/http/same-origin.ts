import type { IncomingMessage } from 'node:http'
import { ForbiddenError } from '@posthorn/core'

/**
 * For what a cookie vouches for: another site's page can make a browser send it, but not hide where from.
 * `SameSite=Strict` keeps it from that in the first place; this holds where a browser or a sister host doesn't.
 * Callers that aren't browsers name no origin, and have no cookie that somebody else could make them use.
 */
export function refuseForeignOrigin(
  req: IncomingMessage,
  ownUrls: readonly (string | null)[],
): void {
  const { origin, host } = req.headers
  const site = req.headers['sec-fetch-site']
  if (site !== undefined && site !== 'same-origin' && site !== 'none') throw foreign()
  if (origin === undefined) return
  const named = URL.parse(origin)
  const own = ownUrls.flatMap((url) => (url === null ? [] : [URL.parse(url)?.host]))
  if (named === null || ![host, ...own].includes(named.host)) throw foreign()
}

function foreign(): ForbiddenError {
  return new ForbiddenError('A session is used from the pages of this host only.')
}
