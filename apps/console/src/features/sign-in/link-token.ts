let taken: string | null = null

/** The fragment leaves the address bar, so that it is neither kept in the history nor copied along. */
export function takeLinkToken(): string {
  const token = new URLSearchParams(location.hash.slice(1)).get('token')
  if (token !== null) {
    taken = token
    history.replaceState(null, '', location.pathname)
  }
  return taken ?? '-'
}
