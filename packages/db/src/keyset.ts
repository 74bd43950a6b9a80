/** A piece of a list: `take` rows beyond the key `after`, in that direction. */
export interface KeyWindow {
  readonly after: string | null
  readonly direction: 'asc' | 'desc'
  readonly take: number
}

/** The condition on the key that begins a window; nothing when it begins at the list's end. */
export function beyond(window: KeyWindow): { gt: string } | { lt: string } | Record<never, never> {
  if (window.after === null) return {}
  return window.direction === 'asc' ? { gt: window.after } : { lt: window.after }
}
