const PREFIX = 'posthorn-grace-'

/** When the previous secret of an endpoint ends, as far as this tab has seen a rotation; else 0. */
export function graceEnd(endpointId: string): number {
  try {
    return Number(sessionStorage.getItem(PREFIX + endpointId) ?? 0)
  } catch {
    return 0
  }
}

export function rememberGrace(endpointId: string, endsAtMs: number): void {
  try {
    sessionStorage.setItem(PREFIX + endpointId, String(endsAtMs))
  } catch {
    // Without storage the countdown isn't shown; the server keeps the grace all the same.
  }
}
