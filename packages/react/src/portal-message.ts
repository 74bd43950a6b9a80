/**
 * What frame and host say to each other by `postMessage`. Each is `{ type, payload }` with `posthorn.` before
 * the name. The frame also says its height the way that Svix's React component listens for.
 */
export interface PortalTheme {
  readonly theme?: 'light' | 'dark' | 'system' | undefined
  /** Hexadecimal; moved until it is readable. */
  readonly primaryColor?: string | undefined
  readonly primaryColorLight?: string | undefined
  readonly primaryColorDark?: string | undefined
  /** What everything stands on; hexadecimal, moved until all of it is readable. */
  readonly surface?: string | undefined
  /** Of fonts that the viewer has: the portal loads none. */
  readonly fontFamily?: string | undefined
  /** Of corners, in pixels, 0 to 24. */
  readonly radius?: string | undefined
  readonly density?: 'comfortable' | 'compact' | undefined
  /** A `data:` URL, or a path of the portal's own host; `logo` is both. */
  readonly logo?: string | undefined
  readonly logoLight?: string | undefined
  readonly logoDark?: string | undefined
  readonly favicon?: string | undefined
}

/** From the frame. */
export type PortalSays =
  | { readonly type: 'posthorn.ready'; readonly payload: { readonly path: string } }
  | { readonly type: 'posthorn.height'; readonly payload: { readonly height: number } }
  | { readonly type: 'posthorn.route'; readonly payload: { readonly path: string } }
  | {
      readonly type: 'posthorn.token-expiring'
      /** When the token ends, in ms since the epoch. */
      readonly payload: { readonly expiresAtMs: number }
    }
  | { readonly type: 'posthorn.error'; readonly payload: { readonly code: 'session_ended' } }

/** To the frame. */
export type HostSays =
  | { readonly type: 'posthorn.set-token'; readonly payload: { readonly token: string } }
  | { readonly type: 'posthorn.set-theme'; readonly payload: PortalTheme }
  | { readonly type: 'posthorn.set-locale'; readonly payload: { readonly locale: string } }
  | { readonly type: 'posthorn.navigate'; readonly payload: { readonly path: string } }
