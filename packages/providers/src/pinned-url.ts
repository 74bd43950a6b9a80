/** Where a key may be fetched from, whoever names the URL. */
export interface PinnedUrl {
  /** Whole host names, without their case. */
  hosts: readonly RegExp[]
  path?: RegExp
}

/** The URL in normal form, or undefined if it isn't https on a pinned host and path. */
export function pinnedUrl(text: string, { hosts, path }: PinnedUrl): string | undefined {
  if (text.length > 2048) return undefined
  const url = URL.parse(text)
  if (url === null || url.protocol !== 'https:' || url.port !== '') return undefined
  if (url.username !== '' || url.password !== '') return undefined
  if (!hosts.some((host) => host.test(url.hostname))) return undefined
  return path === undefined || path.test(url.pathname) ? url.href : undefined
}
